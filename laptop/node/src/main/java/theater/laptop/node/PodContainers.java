package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A pod's containers in the order in which they start: the init containers one after the other,
/// then all others at once. Only the pod's own thread calls it.
final class PodContainers {
  private final List<ContainerRunner> init = new ArrayList<>();
  private final List<ContainerRunner> main = new ArrayList<>();

  /// None yet.
  PodContainers() {}

  PodContainers(AgentParts parts, PodPlace place, PodWorker worker) {
    JsonNode spec = place.pod().path("spec");
    JsonNode status = place.pod().path("status");
    for (JsonNode each : spec.path("initContainers")) {
      JsonNode before = before(each, status.path("initContainerStatuses"));
      init.add(new ContainerRunner(parts, place, worker, each, true, before));
    }
    for (JsonNode each : spec.path("containers")) {
      JsonNode before = before(each, status.path("containerStatuses"));
      main.add(new ContainerRunner(parts, place, worker, each, false, before));
    }
  }

  private static JsonNode before(JsonNode container, JsonNode statuses) {
    for (JsonNode status : statuses) {
      if (status.path("name").equals(container.path("name"))) {
        return status;
      }
    }
    return JsonNodeFactory.instance.objectNode();
  }

  List<ContainerRunner> all() {
    return Stream.concat(init.stream(), main.stream()).toList();
  }

  List<ContainerState> initStates() {
    return init.stream().map(ContainerRunner::snapshot).toList();
  }

  List<ContainerState> mainStates() {
    return main.stream().map(ContainerRunner::snapshot).toList();
  }

  /// Starts what may start now.
  void advance() {
    for (ContainerRunner runner : init) {
      if (!runner.snapshot().succeeded()) {
        runner.start();
        return;
      }
    }
    main.forEach(ContainerRunner::start);
  }

  /// A container ended: what has waited for it starts.
  void ended() {
    if (init.stream().anyMatch(runner -> runner.snapshot().terminated())
        && main.stream()
            .allMatch(runner -> runner.snapshot().neverStarted() && runner.process() == null)) {
      advance();
    }
  }

  /// The pod's manifest changed.
  void update(JsonNode pod) {
    for (JsonNode container : pod.path("spec").path("containers")) {
      main.stream()
          .filter(runner -> runner.name().equals(container.path("name").asText()))
          .forEach(runner -> runner.update(container));
    }
  }
}
