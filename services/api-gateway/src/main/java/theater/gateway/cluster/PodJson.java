package theater.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A pod as the page reads it.
final class PodJson {
  private PodJson() {}

  /// Kubernetes: PodCondition Ready.
  static boolean isReady(JsonNode pod) {
    return "True".equals(condition(pod, "Ready").path("status").asText()) && !isTerminating(pod);
  }

  static void write(JsonNode pod, ObjectNode json) {
    JsonNode status = pod.path("status");
    json.put("name", pod.path("metadata").path("name").asText());
    json.put("app", pod.path("metadata").path("labels").path("app").asText(null));
    json.put("ready", isReady(pod));
    json.put("phase", isTerminating(pod) ? "Terminating" : status.path("phase").asText("Unknown"));
    long restarts = 0;
    for (JsonNode container : status.path("containerStatuses")) {
      restarts += container.path("restartCount").asLong();
    }
    json.put("restarts", restarts);
    json.put("node", pod.path("spec").path("nodeName").asText(null));
    json.put("ip", status.path("podIP").asText(null));
    ArrayNode containers = json.putArray("containers");
    pod.path("spec").path("containers").forEach(c -> containers.add(c.path("name").asText()));
    for (JsonNode container : pod.path("spec").path("initContainers")) {
      // A sidecar that Kubernetes itself knows as one.
      if ("Always".equals(container.path("restartPolicy").asText())) {
        containers.add(container.path("name").asText());
      }
    }
    json.put("started", status.path("startTime").asText(null));
    json.put("message", message(pod));
  }

  /// Why it does not run, in the API server's words; empty when all is well.
  private static String message(JsonNode pod) {
    for (JsonNode container : pod.path("status").path("containerStatuses")) {
      JsonNode waiting = container.path("state").path("waiting");
      if (waiting.hasNonNull("reason")) {
        String text = waiting.path("message").asText("");
        return container.path("name").asText()
            + ": "
            + waiting.path("reason").asText()
            + (text.isEmpty() ? "" : ": " + text);
      }
    }
    JsonNode scheduled = condition(pod, "PodScheduled");
    if ("False".equals(scheduled.path("status").asText())) {
      return scheduled.path("message").asText();
    }
    return pod.path("status").path("message").asText("");
  }

  private static boolean isTerminating(JsonNode pod) {
    return pod.path("metadata").hasNonNull("deletionTimestamp");
  }

  private static JsonNode condition(JsonNode pod, String type) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (type.equals(condition.path("type").asText())) {
        return condition;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }
}
