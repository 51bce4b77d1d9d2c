package theater.laptop.api.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/// Puts the defaults of a structural schema into an object; a null where none is allowed counts as
/// absent.
final class Defaulting {
  private Defaulting() {}

  /// Changes the value in place.
  static void apply(JsonNode value, JsonNode schema) {
    if (value instanceof ObjectNode object) {
      absent(object, schema);
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        apply(field.getValue(), of(schema, field.getKey()));
      }
    } else if (value instanceof ArrayNode list && schema.has("items")) {
      JsonNode items = schema.get("items");
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i).isNull() && items.has("default") && !nullable(items)) {
          list.set(i, items.get("default").deepCopy());
        }
        apply(list.get(i), items);
      }
    }
  }

  private static void absent(ObjectNode object, JsonNode schema) {
    for (Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      JsonNode of = of(schema, field.getKey());
      if (field.getValue().isNull() && of.isObject() && !nullable(of)) {
        fields.remove();
      }
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (property.getValue().has("default") && !object.has(property.getKey())) {
        object.set(property.getKey(), property.getValue().get("default").deepCopy());
      }
    }
  }

  /// Whether there is a default anywhere.
  static boolean any(JsonNode schema) {
    return schema.has("default")
        || schema.path("items").isObject() && any(schema.get("items"))
        || schema.path("additionalProperties").isObject() && any(schema.get("additionalProperties"))
        || schema.path("properties").properties().stream().anyMatch(each -> any(each.getValue()));
  }

  private static JsonNode of(JsonNode schema, String field) {
    JsonNode known = schema.path("properties").path(field);
    return known.isMissingNode() ? schema.path("additionalProperties") : known;
  }

  private static boolean nullable(JsonNode schema) {
    return schema.path("nullable").asBoolean();
  }
}
