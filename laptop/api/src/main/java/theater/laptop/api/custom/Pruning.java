package theater.laptop.api.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes fields out of an object that its structural schema does not know (Kubernetes: field
/// pruning).
final class Pruning {
  private static final Set<String> RESOURCE = Set.of("apiVersion", "kind", "metadata");

  private Pruning() {}

  /// Changes the object in place.
  ///
  /// @param unknown gets the path of each field that goes
  static void prune(ObjectNode object, JsonNode schema, List<String> unknown) {
    prune(object, schema, true, "", unknown);
  }

  private static void prune(
      JsonNode value, JsonNode schema, boolean resource, String path, List<String> unknown) {
    if (value instanceof ObjectNode object) {
      fields(object, schema, resource, path, unknown);
    } else if (value instanceof ArrayNode list && schema.has("items")) {
      for (int i = 0; i < list.size(); i++) {
        JsonNode items = schema.get("items");
        prune(list.get(i), items, embedded(items), path + "[" + i + "]", unknown);
      }
    }
  }

  private static void fields(
      ObjectNode object, JsonNode schema, boolean resource, String path, List<String> unknown) {
    boolean preserve = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    JsonNode additional = schema.path("additionalProperties");
    for (Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      String name = field.getKey();
      String at = path.isEmpty() ? name : path + "." + name;
      JsonNode known = schema.path("properties").path(name);
      if (resource && RESOURCE.contains(name)) {
        continue;
      }
      if (known.isObject()) {
        prune(field.getValue(), known, embedded(known), at, unknown);
      } else if (additional.isObject()) {
        prune(field.getValue(), additional, embedded(additional), at, unknown);
      } else if (!preserve && !additional.asBoolean()) {
        unknown.add(at);
        fields.remove();
      }
    }
  }

  private static boolean embedded(JsonNode schema) {
    return schema.path("x-kubernetes-embedded-resource").asBoolean();
  }
}
