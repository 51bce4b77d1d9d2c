package theater.laptop.api.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.Cause;

/// What tells the items of a list apart (`x-kubernetes-list-type`).
final class ListKeys {
  private ListKeys() {}

  /// The keys of an item of a `map`, the item itself of a `set`; null for a list that is one whole.
  static JsonNode of(JsonNode item, JsonNode schema) {
    return switch (schema.path("x-kubernetes-list-type").asText("")) {
      case "set" -> item;
      case "map" -> {
        ObjectNode keys = Json.object();
        schema
            .path("x-kubernetes-list-map-keys")
            .forEach(key -> keys.set(key.asText(), item.path(key.asText())));
        yield keys;
      }
      default -> null;
    };
  }

  /// Sets and maps hold nothing twice.
  static void check(JsonNode value, JsonNode schema, String path, List<Cause> causes) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        JsonNode known = schema.path("properties").path(field.getKey());
        check(
            field.getValue(),
            known.isMissingNode() ? schema.path("additionalProperties") : known,
            path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
            causes);
      }
    } else if (value.isArray()) {
      List<JsonNode> seen = new ArrayList<>();
      for (int i = 0; i < value.size(); i++) {
        JsonNode key = of(value.get(i), schema);
        if (key != null && seen.contains(key)) {
          causes.add(
              new Cause("FieldValueDuplicate", "Duplicate value: " + key, path + "[" + i + "]"));
        }
        seen.add(key);
        check(value.get(i), schema.path("items"), path + "[" + i + "]", causes);
      }
    }
  }
}
