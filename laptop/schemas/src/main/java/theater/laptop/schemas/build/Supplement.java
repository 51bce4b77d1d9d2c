package theater.laptop.schemas.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import theater.laptop.schemas.Limits;
import theater.laptop.schemas.Type;

/// What the model classes do not know, written by hand in `supplement.json`: required fields, merge
/// keys, durations, bytes, and the bounds in Istio's definitions.
record Supplement(JsonNode root) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Supplement load() {
    try (InputStream in = Supplement.class.getResourceAsStream("supplement.json")) {
      return new Supplement(MAPPER.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Required fields of an Istio object; the key may be the whole name or the short one.
  List<String> required(String name) {
    List<String> required = new ArrayList<>();
    if (name.startsWith("istio.")) {
      root.path("istioRequired")
          .path(name.substring(name.lastIndexOf('.') + 1))
          .forEach(field -> required.add(field.asText()));
    }
    return required;
  }

  Map<String, String> mergeKeys(String owner) {
    Map<String, String> keys = new LinkedHashMap<>();
    root.path("mergeKeys")
        .path(owner)
        .properties()
        .forEach(e -> keys.put(e.getKey(), e.getValue().asText()));
    return keys;
  }

  Map<String, Type> fields(String owner) {
    Map<String, Type> fields = new LinkedHashMap<>();
    root.path("fields")
        .path(owner)
        .properties()
        .forEach(e -> fields.put(e.getKey(), Type.parse(e.getValue().asText())));
    return fields;
  }

  /// Bounds of an Istio object's fields.
  Map<String, Limits> limits(String name) {
    Map<String, Limits> limits = new TreeMap<>();
    if (name.startsWith("istio.")) {
      root.path("limits")
          .path(name.substring(name.lastIndexOf('.') + 1))
          .properties()
          .forEach(e -> limits.put(e.getKey(), MAPPER.convertValue(e.getValue(), Limits.class)));
    }
    return limits;
  }

  boolean isDuration(String owner, String field) {
    for (JsonNode name : root.path("durations").path(owner)) {
      if (name.asText().equals(field)) {
        return true;
      }
    }
    return false;
  }
}
