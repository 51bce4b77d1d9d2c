package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads an object's metadata. A missing text is empty, a missing map is empty.
public final class Meta {
  private Meta() {}

  public static String name(JsonNode object) {
    return text(object, "name");
  }

  /// Empty for objects of the whole cluster.
  public static String namespace(JsonNode object) {
    return text(object, "namespace");
  }

  public static String uid(JsonNode object) {
    return text(object, "uid");
  }

  public static String resourceVersion(JsonNode object) {
    return text(object, "resourceVersion");
  }

  /// `NAMESPACE/NAME`, or `NAME` for objects of the whole cluster: unique in one kind.
  public static String key(JsonNode object) {
    return key(namespace(object), name(object));
  }

  /// The key of [#key(JsonNode)] from its parts.
  public static String key(String namespace, String name) {
    return namespace == null || namespace.isEmpty() ? name : namespace + "/" + name;
  }

  public static Map<String, String> labels(JsonNode object) {
    return texts(object.path("metadata").path("labels"));
  }

  public static Map<String, String> annotations(JsonNode object) {
    return texts(object.path("metadata").path("annotations"));
  }

  /// When it was created; the epoch when that is missing or not a time.
  public static Instant created(JsonNode object) {
    try {
      return Instant.parse(text(object, "creationTimestamp"));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /// Whether its deletion has begun.
  public static boolean deleting(JsonNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }

  /// The owner that controls it (`controller: true` in ownerReferences), or a missing node.
  public static JsonNode controller(JsonNode object) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner;
      }
    }
    return object.path("metadata").path("no controller");
  }

  /// An object node of texts, in its order.
  public static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  private static String text(JsonNode object, String field) {
    return object.path("metadata").path(field).asText("");
  }
}
