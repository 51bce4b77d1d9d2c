package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import theater.kube.Meta;

/// A pod in one line: what `kubectl get pods` would tell of it.
///
/// @param stuck a reason that waiting does not change, `ImagePullBackOff`, `Unschedulable`; empty
///   when there is none
record PodState(
    String namespace,
    String name,
    int ready,
    int containers,
    int restarts,
    String phase,
    String stuck,
    boolean ending,
    Instant started) {
  private static final Set<String> HOPELESS =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "CreateContainerConfigError");

  static PodState of(JsonNode pod) {
    int ready = 0;
    int restarts = 0;
    String stuck = "";
    Instant started = Instant.MAX;
    String waits = pod.path("status").path("phase").asText("Pending");
    for (JsonNode container : pod.path("status").path("containerStatuses")) {
      String running = container.path("state").path("running").path("startedAt").asText("");
      Instant since = running.isEmpty() ? Instant.EPOCH : Instant.parse(running);
      started = since.isBefore(started) ? since : started;
      ready += container.path("ready").asBoolean() ? 1 : 0;
      restarts += container.path("restartCount").asInt();
      String reason = container.path("state").path("waiting").path("reason").asText("");
      if (!reason.isEmpty()) {
        waits = reason;
        stuck = HOPELESS.contains(reason) ? reason : stuck;
      }
    }
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("reason").asText().equals("Unschedulable")) {
        stuck = "Unschedulable";
      }
    }
    return new PodState(
        Meta.namespace(pod),
        Meta.name(pod),
        ready,
        pod.path("spec").path("containers").size(),
        restarts,
        waits,
        stuck,
        Meta.deleting(pod),
        started);
  }

  static List<PodState> of(List<? extends JsonNode> pods) {
    List<PodState> states = new ArrayList<>();
    pods.forEach(pod -> states.add(of(pod)));
    return states;
  }

  boolean isReady() {
    return ready == containers && containers > 0 && !ending;
  }
}
