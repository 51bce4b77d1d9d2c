package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import theater.kube.KubeTime;

/// One entry of a pod's containerStatuses (Kubernetes: ContainerStatus).
///
/// @param state `{"running":…}`, `{"waiting":…}` or `{"terminated":…}`
/// @param lastState `{}` or `{"terminated":…}`
record ContainerState(
    String name,
    String image,
    String containerId,
    boolean ready,
    boolean started,
    int restartCount,
    ObjectNode state,
    ObjectNode lastState) {

  static ObjectNode waiting(String reason, String message) {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    ObjectNode waiting = state.putObject("waiting").put("reason", reason);
    if (!message.isEmpty()) {
      waiting.put("message", message);
    }
    return state;
  }

  static ObjectNode running(Instant since) {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state.putObject("running").put("startedAt", KubeTime.text(since));
    return state;
  }

  /// @param exitCode 128 + the signal's number for a process that a signal ended
  static ObjectNode terminated(
      int exitCode,
      String reason,
      String message,
      Instant started,
      Instant finished,
      String containerId) {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    ObjectNode terminated =
        state.putObject("terminated").put("exitCode", exitCode).put("reason", reason);
    if (!message.isEmpty()) {
      terminated.put("message", message);
    }
    terminated
        .put("startedAt", KubeTime.text(started))
        .put("finishedAt", KubeTime.text(finished))
        .put("containerID", containerId);
    return state;
  }

  boolean terminated() {
    return state.has("terminated");
  }

  boolean succeeded() {
    return terminated() && state.path("terminated").path("exitCode").asInt() == 0;
  }

  boolean neverStarted() {
    return state.has("waiting") && lastState.isEmpty();
  }

  JsonNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
    json.set("state", state);
    json.set("lastState", lastState);
    json.put("ready", ready).put("restartCount", restartCount).put("image", image);
    json.put("imageID", containerId.isEmpty() ? "" : "theater://" + image)
        .put("containerID", containerId);
    return json.put("started", started);
  }
}
