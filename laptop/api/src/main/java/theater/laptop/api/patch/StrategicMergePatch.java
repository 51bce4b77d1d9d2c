package theater.laptop.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.laptop.api.status.StatusException;
import theater.laptop.schemas.ObjectSchema;
import theater.laptop.schemas.Schemas;
import theater.laptop.schemas.Type;

/// Kubernetes' own patch: lists with a merge key are merged item by item. Directives: `$patch:
/// delete|replace|merge`, `$setElementOrder/FIELD`, `$deleteFromPrimitiveList/FIELD`,
/// `$retainKeys`.
public final class StrategicMergePatch {
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE = "$deleteFromPrimitiveList/";
  private final Schemas schemas;

  public StrategicMergePatch(Schemas schemas) {
    this.schemas = schemas;
  }

  /// A new tree. @param schema null when nothing is known: lists are replaced
  public ObjectNode apply(ObjectNode target, ObjectNode patch, ObjectSchema schema) {
    String directive = patch.path("$patch").asText();
    if (directive.equals("replace")) {
      return without(patch);
    }
    if (directive.equals("delete")) {
      return JsonNodeFactory.instance.objectNode();
    }
    ObjectNode result = target.deepCopy();
    if (patch.get("$retainKeys") instanceof ArrayNode keep) {
      List<String> names = new ArrayList<>();
      keep.forEach(name -> names.add(name.asText()));
      result.retain(names);
    }
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      String name = change.getKey();
      JsonNode value = change.getValue();
      if (name.startsWith(DELETE)) {
        removePlain(result, name.substring(DELETE.length()), value);
      } else if (name.startsWith(ORDER)) {
        String field = name.substring(ORDER.length());
        if (!patch.has(field) && result.get(field) instanceof ArrayNode list) {
          result.set(
              field,
              new MergedList(key(schema, field))
                  .order(list, JsonNodeFactory.instance.arrayNode(), value, list));
        }
      } else if (!name.startsWith("$")) {
        if (value.isNull()) {
          result.remove(name);
        } else {
          result.set(name, merge(result.path(name), value, name, schema, patch.get(ORDER + name)));
        }
      }
    }
    return result;
  }

  private JsonNode merge(
      JsonNode old, JsonNode value, String name, ObjectSchema schema, JsonNode order) {
    Type type =
        schema == null ? Type.Scalar.ANY : schema.fields().getOrDefault(name, Type.Scalar.ANY);
    if (value instanceof ObjectNode changes) {
      ObjectSchema inner = type instanceof Type.Ref ref ? schemas.object(ref.name()) : null;
      return apply(
          old instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode(),
          changes,
          inner);
    }
    String key = key(schema, name);
    if (!(value instanceof ArrayNode items) || key == null) {
      return value.deepCopy();
    }
    ArrayNode before =
        old instanceof ArrayNode array ? array : JsonNodeFactory.instance.arrayNode();
    ObjectSchema item =
        type instanceof Type.ListOf list && list.item() instanceof Type.Ref ref
            ? schemas.object(ref.name())
            : null;
    return list(before, items, key, item, order);
  }

  private ArrayNode list(
      ArrayNode before, ArrayNode changes, String key, ObjectSchema item, JsonNode order) {
    MergedList merged = new MergedList(key);
    ArrayNode result = before.deepCopy();
    ArrayNode replaced = JsonNodeFactory.instance.arrayNode();
    boolean replace = false;
    for (JsonNode change : changes) {
      String directive = change.path("$patch").asText();
      if (directive.equals("replace")) {
        replace = true;
      } else if (replace || key.isEmpty()) {
        if (merged.index(result, change) < 0) {
          result.add(change);
        }
        replaced.add(change);
      } else {
        if (!change.has(key)) {
          throw StatusException.badRequest(
              "map: " + change + " does not contain declared merge key: " + key);
        }
        int index = merged.index(result, change);
        if (directive.equals("delete")) {
          if (index >= 0) {
            result.remove(index);
          }
        } else if (index < 0) {
          result.add(apply(JsonNodeFactory.instance.objectNode(), (ObjectNode) change, item));
        } else {
          result.set(index, apply((ObjectNode) result.get(index), (ObjectNode) change, item));
        }
      }
    }
    if (replace) {
      replaced.forEach(node -> ((ObjectNode) node).remove("$patch"));
      return replaced.deepCopy();
    }
    return merged.order(result, changes, order, before);
  }

  private static String key(ObjectSchema schema, String field) {
    return schema == null ? null : schema.mergeKeys().get(field);
  }

  private static void removePlain(ObjectNode object, String field, JsonNode values) {
    if (object.get(field) instanceof ArrayNode list) {
      for (int i = list.size() - 1; i >= 0; i--) {
        for (JsonNode value : values) {
          if (i < list.size() && list.get(i).equals(value)) {
            list.remove(i);
          }
        }
      }
    }
  }

  private static ObjectNode without(ObjectNode patch) {
    ObjectNode copy = patch.deepCopy();
    copy.remove("$patch");
    return copy;
  }
}
