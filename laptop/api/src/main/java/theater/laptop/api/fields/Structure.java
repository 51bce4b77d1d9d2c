package theater.laptop.api.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import theater.laptop.api.json.Json;

/// How an object divides into places that can have owners of their own: objects and maps by field,
/// lists with keys by item, sets by value. Everything else is one place.
///
/// Which lists have keys, a [Shape] knows.
final class Structure {

  /// A value and what is known of it.
  record Part(JsonNode value, Shape shape) {}

  /// The parts by their path elements, in order; null when it is one place.
  Map<String, Part> parts(Part of) {
    if (of.value instanceof ObjectNode object && !of.shape.whole()) {
      Map<String, Part> parts = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        parts.put(
            "f:" + field.getKey(), new Part(field.getValue(), of.shape.field(field.getKey())));
      }
      return parts;
    }
    List<String> keys = of.shape.keys();
    if (of.value instanceof ArrayNode list && keys != null) {
      Map<String, Part> parts = new LinkedHashMap<>();
      for (JsonNode each : list) {
        parts.put(
            keys.isEmpty() ? "v:" + each : "k:" + keys(each, of.shape),
            new Part(each, of.shape.item()));
      }
      return parts.size() == list.size() ? parts : null;
    }
    return null;
  }

  private static String keys(JsonNode item, Shape list) {
    ObjectNode keys = Json.object();
    for (String name : list.keys()) {
      JsonNode value = item.has(name) ? item.get(name) : list.standIn(name);
      if (!value.isMissingNode()) {
        keys.set(name, value);
      }
    }
    return new String(Json.bytes(keys), StandardCharsets.UTF_8);
  }

  /// All places of an object.
  FieldSet places(Part of) {
    Map<String, Part> parts = parts(of);
    if (parts == null || parts.isEmpty()) {
      return FieldSet.LEAF;
    }
    SortedMap<String, FieldSet> below = new TreeMap<>();
    parts.forEach((element, part) -> {
      FieldSet inner = places(part);
      below.put(element, element.startsWith("k:") ? inner.and(FieldSet.LEAF) : inner);
    });
    return new FieldSet(false, below);
  }

  /// The places of `after` that `before` does not have, or has with another value.
  FieldSet changed(Part before, Part after) {
    if (before != null && before.value.equals(after.value)) {
      return FieldSet.EMPTY;
    }
    Map<String, Part> now = parts(after);
    Map<String, Part> then = before == null ? null : parts(before);
    if (before == null || now == null || then == null || now.isEmpty()) {
      return places(after);
    }
    SortedMap<String, FieldSet> below = new TreeMap<>();
    now.forEach((element, part) -> {
      Part old = then.get(element);
      FieldSet inner = changed(old, part);
      if (old == null && element.startsWith("k:")) {
        inner = inner.and(FieldSet.LEAF);
      }
      if (!inner.isEmpty()) {
        below.put(element, inner);
      }
    });
    return new FieldSet(false, below);
  }

  /// The live object with what is applied laid over it; both stay as they are.
  JsonNode merged(Part live, Part applied) {
    Map<String, Part> old = live == null ? null : parts(live);
    Map<String, Part> over = parts(applied);
    if (old == null || over == null || live.value.getNodeType() != applied.value.getNodeType()) {
      return applied.value.deepCopy();
    }
    Map<String, JsonNode> all = new LinkedHashMap<>();
    old.forEach((element, part) -> all.put(element, part.value));
    over.forEach((element, part) -> all.put(element, merged(old.get(element), part)));
    return built(live.value, all);
  }

  /// The object without these places and all below them; a parent goes with its last field.
  JsonNode without(Part of, FieldSet gone) {
    Map<String, Part> parts = parts(of);
    if (parts == null || gone.below().isEmpty()) {
      return of.value;
    }
    Map<String, JsonNode> left = new LinkedHashMap<>();
    parts.forEach((element, part) -> {
      FieldSet inner = gone.child(element);
      JsonNode rest = inner.member() ? null : without(part, inner);
      boolean emptied = rest instanceof ObjectNode && rest.isEmpty() && !part.value.isEmpty();
      if (rest != null && !emptied) {
        left.put(element, rest);
      }
    });
    return built(of.value, left);
  }

  private static JsonNode built(JsonNode like, Map<String, JsonNode> parts) {
    if (like instanceof ArrayNode) {
      ArrayNode list = Json.object().arrayNode();
      parts.values().forEach(list::add);
      return list;
    }
    ObjectNode object = Json.object();
    parts.forEach((element, value) -> object.set(element.substring(2), value));
    return object;
  }
}
