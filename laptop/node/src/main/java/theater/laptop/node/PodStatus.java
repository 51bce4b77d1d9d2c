package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import theater.kube.KubeTime;

/// A pod's status (Kubernetes: PodStatus) from the states of its containers. Pure.
final class PodStatus {
  private static final List<String> OWN =
      List.of(
          "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled");

  private PodStatus() {}

  /// @param podIp empty while there is none
  /// @param conditions those before: their transition times are kept
  static ObjectNode of(
      JsonNode pod,
      String podIp,
      Instant started,
      List<ContainerState> init,
      List<ContainerState> main,
      JsonNode conditions,
      Instant now) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    boolean initialized = init.stream().allMatch(ContainerState::succeeded);
    String phase = phase(pod, initialized, init, main);
    status.put("phase", phase);
    ArrayNode next = status.putArray("conditions");
    List<String> pending =
        init.stream().filter(state -> !state.succeeded()).map(ContainerState::name).toList();
    List<String> unready =
        main.stream().filter(state -> !state.ready()).map(ContainerState::name).toList();
    boolean over = phase.equals("Succeeded");
    String message =
        unready.isEmpty()
            ? ""
            : "containers with unready status: [" + String.join(" ", unready) + "]";
    String reason = over ? "PodCompleted" : "ContainersNotReady";
    boolean sandbox = !podIp.isEmpty() && !over && !phase.equals("Failed");
    condition(next, conditions, now, "PodReadyToStartContainers", sandbox, "", "");
    condition(
        next,
        conditions,
        now,
        "Initialized",
        initialized,
        "ContainersNotInitialized",
        "containers with incomplete status: [" + String.join(" ", pending) + "]");
    condition(next, conditions, now, "Ready", unready.isEmpty(), reason, message);
    condition(next, conditions, now, "ContainersReady", unready.isEmpty(), reason, message);
    condition(next, conditions, now, "PodScheduled", true, "", "");
    for (JsonNode other : conditions) {
      if (!OWN.contains(other.path("type").asText())) {
        next.add(other);
      }
    }
    status.put("hostIP", "127.0.0.1").putArray("hostIPs").addObject().put("ip", "127.0.0.1");
    if (!podIp.isEmpty()) {
      status.put("podIP", podIp).putArray("podIPs").addObject().put("ip", podIp);
    }
    status.put("startTime", KubeTime.text(started));
    if (!init.isEmpty()) {
      ArrayNode list = status.putArray("initContainerStatuses");
      init.forEach(state -> list.add(state.json()));
    }
    ArrayNode list = status.putArray("containerStatuses");
    main.stream()
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .forEach(state -> list.add(state.json()));
    status.put("qosClass", qosClass(pod));
    return status;
  }

  private static String phase(
      JsonNode pod, boolean initialized, List<ContainerState> init, List<ContainerState> main) {
    String policy = pod.path("spec").path("restartPolicy").asText("Always");
    if (policy.equals("Never")
        && init.stream().anyMatch(state -> state.terminated() && !state.succeeded())) {
      return "Failed";
    }
    if (!initialized || main.stream().anyMatch(ContainerState::neverStarted)) {
      return "Pending";
    }
    if (policy.equals("Always") || !main.stream().allMatch(ContainerState::terminated)) {
      return "Running";
    }
    if (main.stream().allMatch(ContainerState::succeeded)) {
      return "Succeeded";
    }
    return policy.equals("Never") ? "Failed" : "Running";
  }

  private static void condition(
      ArrayNode next,
      JsonNode before,
      Instant now,
      String type,
      boolean holds,
      String reason,
      String message) {
    String status = holds ? "True" : "False";
    String since = KubeTime.text(now);
    for (JsonNode condition : before) {
      if (condition.path("type").asText().equals(type)
          && condition.path("status").asText().equals(status)) {
        since = condition.path("lastTransitionTime").asText(since);
      }
    }
    ObjectNode condition = next.addObject().put("type", type).put("status", status);
    condition.putNull("lastProbeTime").put("lastTransitionTime", since);
    if (!holds && !reason.isEmpty()) {
      condition.put("reason", reason);
      if (!message.isEmpty()) {
        condition.put("message", message);
      }
    }
  }

  private static String qosClass(JsonNode pod) {
    boolean any = false;
    boolean all = true;
    List<JsonNode> containers = new ArrayList<>();
    pod.path("spec").path("containers").forEach(containers::add);
    for (JsonNode container : containers) {
      JsonNode limits = container.path("resources").path("limits");
      JsonNode requests = container.path("resources").path("requests");
      any |= !limits.isEmpty() || !requests.isEmpty();
      for (String resource : List.of("cpu", "memory")) {
        all &=
            limits.has(resource)
                && (!requests.has(resource)
                    || requests.path(resource).equals(limits.path(resource)));
      }
    }
    return !any ? "BestEffort" : all ? "Guaranteed" : "Burstable";
  }
}
