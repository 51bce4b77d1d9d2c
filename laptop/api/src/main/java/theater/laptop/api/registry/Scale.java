package theater.laptop.api.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.custom.CustomVersion;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.status.StatusException;

/// The subresource `scale`: autoscaling/v1 Scale of an object with `spec.replicas`, or of a custom
/// resource whose definition says where they are.
public final class Scale {
  private Scale() {}

  /// @throws StatusException 500 for a custom resource without that field, as in a real server
  public static ObjectNode of(Kind kind, ObjectNode object) {
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      if (object.path("metadata").has(field)) {
        metadata.set(field, object.path("metadata").path(field));
      }
    }
    ObjectNode spec = scale.putObject("spec");
    ObjectNode status = scale.putObject("status");
    if (kind.learned()) {
      CustomVersion.Scale places = kind.custom().scale();
      JsonNode replicas = at(object, places.specReplicas());
      if (!replicas.isNumber()) {
        throw new StatusException(
            500,
            "InternalError",
            "Internal error occurred: the spec replicas field \""
                + places.specReplicas()
                + "\" does not exist",
            null);
      }
      spec.put("replicas", replicas.asInt());
      status.put("replicas", at(object, places.statusReplicas()).asInt());
      if (!places.selector().isEmpty()) {
        status.put("selector", at(object, places.selector()).asText(""));
      }
      return scale;
    }
    spec.put("replicas", object.path("spec").path("replicas").asInt());
    status.put("replicas", object.path("status").path("replicas").asInt());
    List<String> terms = new ArrayList<>();
    for (var label : object.path("spec").path("selector").path("matchLabels").properties()) {
      terms.add(label.getKey() + "=" + label.getValue().asText());
    }
    status.put("selector", String.join(",", terms));
    return scale;
  }

  /// The object with the replicas of a Scale; its resourceVersion too when the Scale names one.
  public static ObjectNode onto(Kind kind, ObjectNode object, JsonNode scale) {
    ObjectNode next = object.deepCopy();
    List<String> path =
        kind.learned() ? steps(kind.custom().scale().specReplicas()) : List.of("spec", "replicas");
    ObjectNode parent = next;
    for (String step : path.subList(0, path.size() - 1)) {
      parent = Json.child(parent, step);
    }
    parent.put(path.getLast(), scale.path("spec").path("replicas").asInt());
    String version = Json.text(scale, "metadata", "resourceVersion");
    if (!version.isEmpty()) {
      Json.metadata(next).put("resourceVersion", version);
    }
    return next;
  }

  private static List<String> steps(String path) {
    return List.of(path.substring(1).split("\\."));
  }

  private static JsonNode at(JsonNode object, String path) {
    JsonNode at = object;
    for (String step : steps(path)) {
      at = at.path(step);
    }
    return at;
  }
}
