package theater.laptop.api.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.status.StatusException;

/// Versions of a kind that differ in more than their name: HorizontalPodAutoscaler autoscaling/v1,
/// stored as v2. As in Kubernetes, what v1 has no field for is in an annotation there.
final class Versions {
  private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
  private static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";
  private static final String PERCENT = "targetCPUUtilizationPercentage";

  private Versions() {}

  /// Changes an object as it was sent to what is stored.
  static void in(Kind kind, String version, ObjectNode object) {
    if (!old(kind, version) || !(object.path("spec") instanceof ObjectNode spec)) {
      return;
    }
    ObjectNode annotations = Json.child(Json.metadata(object), "annotations");
    ArrayNode metrics = spec.putArray("metrics");
    if (spec.has(PERCENT)) {
      ObjectNode cpu = metrics.addObject().put("type", "Resource").putObject("resource");
      cpu.put("name", "cpu")
          .putObject("target")
          .put("type", "Utilization")
          .set("averageUtilization", spec.remove(PERCENT));
    }
    if (annotations.has(METRICS)) {
      parsed(annotations.remove(METRICS)).forEach(metrics::add);
    }
    if (annotations.has(BEHAVIOR)) {
      spec.set("behavior", parsed(annotations.remove(BEHAVIOR)));
    }
    if (metrics.isEmpty()) {
      spec.remove("metrics");
    }
    if (annotations.isEmpty()) {
      Json.metadata(object).remove("annotations");
    }
    if (object.path("status") instanceof ObjectNode status) {
      status.remove("currentCPUUtilizationPercentage");
    }
  }

  /// Changes a copy of a stored object to the version that is asked for.
  static void out(Kind kind, String version, ObjectNode object) {
    if (!old(kind, version) || !(object.path("spec") instanceof ObjectNode before)) {
      return;
    }
    ObjectNode spec = before.deepCopy();
    object.set("spec", spec);
    ObjectNode metadata = Json.metadata(object).deepCopy();
    ArrayNode others = Json.object().putArray("others");
    for (JsonNode metric : spec.path("metrics")) {
      JsonNode percent = percent(metric, "target", "averageUtilization");
      if (percent.isMissingNode()) {
        others.add(metric);
      } else {
        spec.set(PERCENT, percent);
      }
    }
    spec.remove("metrics");
    if (!others.isEmpty()) {
      Json.child(metadata, "annotations").put(METRICS, others.toString());
    }
    if (spec.has("behavior")) {
      Json.child(metadata, "annotations").put(BEHAVIOR, spec.remove("behavior").toString());
    }
    object.set("metadata", metadata);
    if (object.path("status") instanceof ObjectNode full) {
      ObjectNode status = full.deepCopy();
      for (JsonNode metric : status.path("currentMetrics")) {
        JsonNode percent = percent(metric, "current", "averageUtilization");
        if (!percent.isMissingNode()) {
          status.set("currentCPUUtilizationPercentage", percent);
        }
      }
      status.remove(List.of("currentMetrics", "conditions"));
      object.set("status", status);
    }
  }

  private static JsonNode parsed(JsonNode annotation) {
    try {
      return Json.read(annotation.asText().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw StatusException.badRequest(
          "an annotation of autoscaling.alpha.kubernetes.io is no JSON: " + e.getMessage());
    }
  }

  private static JsonNode percent(JsonNode metric, String part, String field) {
    JsonNode resource = metric.path("resource");
    return resource.path("name").asText().equals("cpu")
        ? resource.path(part).path(field)
        : resource.path("none");
  }

  private static boolean old(Kind kind, String version) {
    return kind.is("autoscaling", "horizontalpodautoscalers") && version.equals("v1");
  }
}
