package theater.laptop.api.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// The one JSON mapper and a few ways through a tree.
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private Json() {}

  /// @throws IOException when it is no JSON
  public static JsonNode read(byte[] bytes) throws IOException {
    return MAPPER.readTree(bytes);
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A copy as it would be after a way over the wire: numbers as wide as they must be, so that
  /// equal objects are equal.
  public static <T extends JsonNode> T wired(T node, Class<T> type) {
    try {
      return type.cast(read(bytes(node)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// Empty when there is no such text.
  public static String text(JsonNode node, String... path) {
    JsonNode at = node;
    for (String step : path) {
      at = at.path(step);
    }
    return at.isValueNode() && !at.isNull() ? at.asText() : "";
  }

  /// The object at this field, made when absent.
  public static ObjectNode child(ObjectNode node, String field) {
    return node.get(field) instanceof ObjectNode child ? child : node.putObject(field);
  }

  public static ObjectNode metadata(ObjectNode object) {
    return child(object, "metadata");
  }

  public static String name(JsonNode object) {
    return text(object, "metadata", "name");
  }

  public static String namespace(JsonNode object) {
    return text(object, "metadata", "namespace");
  }

  /// Puts the text if the field is absent or null.
  public static void putIfAbsent(ObjectNode node, String field, String value) {
    if (!node.hasNonNull(field)
        || node.get(field).isTextual() && node.get(field).asText().isEmpty()) {
      node.put(field, value);
    }
  }

  public static void putIfAbsent(ObjectNode node, String field, long value) {
    if (!node.hasNonNull(field)) {
      if (value == (int) value) {
        node.put(field, (int) value);
      } else {
        node.put(field, value);
      }
    }
  }
}
