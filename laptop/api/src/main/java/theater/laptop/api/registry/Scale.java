package theater.laptop.api.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.json.Json;

/// The subresource `scale`: autoscaling/v1 Scale of an object with `spec.replicas`.
public final class Scale {
  private Scale() {}

  public static ObjectNode of(ObjectNode object) {
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      metadata.set(field, object.path("metadata").path(field));
    }
    scale.putObject("spec").put("replicas", object.path("spec").path("replicas").asInt());
    ObjectNode status =
        scale.putObject("status").put("replicas", object.path("status").path("replicas").asInt());
    List<String> terms = new ArrayList<>();
    for (var label : object.path("spec").path("selector").path("matchLabels").properties()) {
      terms.add(label.getKey() + "=" + label.getValue().asText());
    }
    status.put("selector", String.join(",", terms));
    return scale;
  }

  /// The object with the replicas of a Scale; its resourceVersion too when the Scale names one.
  public static ObjectNode onto(ObjectNode object, JsonNode scale) {
    ObjectNode next = object.deepCopy();
    Json.child(next, "spec").put("replicas", scale.path("spec").path("replicas").asInt());
    String version = Json.text(scale, "metadata", "resourceVersion");
    if (!version.isEmpty()) {
      Json.metadata(next).put("resourceVersion", version);
    }
    return next;
  }
}
