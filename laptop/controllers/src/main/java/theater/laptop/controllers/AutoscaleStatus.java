package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import theater.kube.KubeTime;

/// The status of a HorizontalPodAutoscaler while it is put together.
final class AutoscaleStatus {
  private final JsonNode before;
  private final Instant now;
  private final ObjectNode status = JsonNodeFactory.instance.objectNode();
  private final Map<String, ObjectNode> conditions = new LinkedHashMap<>();

  /// @param before the status so far: times are kept
  AutoscaleStatus(JsonNode before, Instant now) {
    this.before = before;
    this.now = now;
    if (before.has("lastScaleTime")) {
      status.set("lastScaleTime", before.get("lastScaleTime"));
    }
  }

  void replicas(int current, int desired) {
    status.put("currentReplicas", current).put("desiredReplicas", desired);
  }

  void scaled() {
    status.put("lastScaleTime", KubeTime.text(now));
  }

  /// @param metric of the spec
  void measured(JsonNode metric, ResourceDemand demand) {
    String type = metric.path("type").asText();
    String part = type.equals("ContainerResource") ? "containerResource" : "resource";
    JsonNode source = metric.path(part);
    ObjectNode own = status.withArray("currentMetrics").addObject().put("type", type);
    ObjectNode current = own.putObject(part);
    current.set("name", source.path("name"));
    if (source.has("container")) {
      current.set("container", source.path("container"));
    }
    boolean cpu = source.path("name").asText().equals("cpu");
    ObjectNode value = current.putObject("current");
    if (demand.utilization() >= 0) {
      value.put("averageUtilization", demand.utilization());
    }
    value.put("averageValue", cpu ? demand.average() + "m" : demand.average() + "");
  }

  /// One of a type: a later one says more.
  void condition(String type, boolean holds, String reason, String message) {
    String value = holds ? "True" : "False";
    String since = KubeTime.text(now);
    for (JsonNode old : before.path("conditions")) {
      if (old.path("type").asText().equals(type) && old.path("status").asText().equals(value)) {
        since = old.path("lastTransitionTime").asText(since);
      }
    }
    conditions.put(
        type,
        JsonNodeFactory.instance
            .objectNode()
            .put("type", type)
            .put("status", value)
            .put("lastTransitionTime", since)
            .put("reason", reason)
            .put("message", message));
  }

  ObjectNode json() {
    ObjectNode json = status.deepCopy();
    conditions.values().forEach(json.putArray("conditions")::add);
    return json;
  }
}
