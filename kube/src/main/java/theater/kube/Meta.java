package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Reads an object's metadata. Absent texts are empty, absent maps are empty.
public final class Meta {
  private Meta() {}

  public static String name(JsonNode object) {
    return object.path("metadata").path("name").asText("");
  }

  /// Empty for an object of the whole context.
  public static String namespace(JsonNode object) {
    return object.path("metadata").path("namespace").asText("");
  }

  public static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asText("");
  }

  public static String resourceVersion(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asText("");
  }

  /// `NAMESPACE/NAME`, or `NAME` alone.
  public static String key(JsonNode object) {
    return namespace(object).isEmpty() ? name(object) : namespace(object) + "/" + name(object);
  }

  public static Map<String, String> labels(JsonNode object) {
    return texts(object.path("metadata").path("labels"));
  }

  public static Map<String, String> annotations(JsonNode object) {
    return texts(object.path("metadata").path("annotations"));
  }

  /// Whether somebody asked for its deletion.
  public static boolean deleting(JsonNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }

  /// The owner that controls the object, or a missing node.
  public static JsonNode controller(JsonNode object) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner;
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }

  /// An ownerReference that says: controlled by this object.
  public static ObjectNode controlledBy(ResourceType type, JsonNode owner) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("apiVersion", type.apiVersion())
        .put("kind", type.kind())
        .put("name", name(owner))
        .put("uid", uid(owner))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }

  /// metav1.Time: UTC, whole seconds.
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// A metav1.Time, or the given value when it is absent.
  public static Instant time(JsonNode text, Instant otherwise) {
    return text.isTextual() ? Instant.parse(text.asText()) : otherwise;
  }

  /// A JSON object of texts as a map, in its order.
  public static Map<String, String> texts(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      map.put(field.getKey(), field.getValue().asText());
    }
    return map;
  }

  /// One text for equal trees: fields in order, numbers as they are written.
  public static String canonical(JsonNode node) {
    StringBuilder text = new StringBuilder();
    canonical(node, text);
    return text.toString();
  }

  private static void canonical(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
      text.append('{');
      sorted.forEach((name, value) -> {
        text.append(JsonNodeFactory.instance.textNode(name)).append(':');
        canonical(value, text);
        text.append(',');
      });
      text.append('}');
    } else if (node.isArray()) {
      text.append('[');
      for (JsonNode item : node) {
        canonical(item, text);
        text.append(',');
      }
      text.append(']');
    } else {
      text.append(node);
    }
  }
}
