package theater.laptop.api.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.StatusException;

/// A set of paths in an object, in the shape of Kubernetes' FieldsV1: `f:NAME` a field, `k:{…}` the
/// item of a list with these keys, `v:…` a plain item. Immutable.
///
/// @param member whether the place itself is in the set, not only places below it
record FieldSet(boolean member, SortedMap<String, FieldSet> below) {
  static final FieldSet EMPTY = new FieldSet(false, new TreeMap<>());
  static final FieldSet LEAF = new FieldSet(true, new TreeMap<>());

  /// Reads FieldsV1 of a whole object. @throws StatusException 400 for an element that is none
  static FieldSet parse(JsonNode fields) {
    return new FieldSet(false, read(fields).below);
  }

  private static FieldSet read(JsonNode fields) {
    SortedMap<String, FieldSet> below = new TreeMap<>();
    boolean self = fields.isEmpty();
    for (Map.Entry<String, JsonNode> entry : fields.properties()) {
      if (entry.getKey().equals(".")) {
        self = true;
      } else {
        below.put(known(entry.getKey()), read(entry.getValue()));
      }
    }
    return new FieldSet(self, below);
  }

  private static String known(String element) {
    if (!element.matches("[fkv]:(?s:.*)")) {
      throw StatusException.badRequest(
          "metadata.managedFields: \"" + element + "\" is no path element; expected f:, k: or v:");
    }
    return element;
  }

  /// Writes FieldsV1.
  ObjectNode json() {
    ObjectNode fields = Json.object();
    if (member && !below.isEmpty()) {
      fields.putObject(".");
    }
    below.forEach((element, set) -> fields.set(element, set.json()));
    return fields;
  }

  boolean isEmpty() {
    return !member && below.isEmpty();
  }

  FieldSet child(String element) {
    return below.getOrDefault(element, EMPTY);
  }

  FieldSet and(FieldSet other) {
    SortedMap<String, FieldSet> all = new TreeMap<>(below);
    other.below.forEach((element, set) -> all.merge(element, set, FieldSet::and));
    return new FieldSet(member || other.member, all);
  }

  FieldSet without(FieldSet other) {
    SortedMap<String, FieldSet> left = new TreeMap<>();
    below.forEach((element, set) -> {
      FieldSet rest = set.without(other.child(element));
      if (!rest.isEmpty()) {
        left.put(element, rest);
      }
    });
    return new FieldSet(member && !other.member, left);
  }

  FieldSet shared(FieldSet other) {
    SortedMap<String, FieldSet> both = new TreeMap<>();
    below.forEach((element, set) -> {
      FieldSet same = set.shared(other.child(element));
      if (!same.isEmpty()) {
        both.put(element, same);
      }
    });
    return new FieldSet(member && other.member, both);
  }

  /// Each place as messages write it: `.spec.containers[name="main"].image`.
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    collect("", paths);
    return paths;
  }

  private void collect(String at, List<String> paths) {
    if (member) {
      paths.add(at);
    }
    below.forEach((element, set) -> set.collect(at + text(element), paths));
  }

  private static String text(String element) {
    String rest = element.substring(2);
    if (element.startsWith("f:")) {
      return "." + rest;
    }
    if (element.startsWith("v:")) {
      return "[=" + rest + "]";
    }
    try {
      List<String> keys = new ArrayList<>();
      Json.read(rest.getBytes(StandardCharsets.UTF_8))
          .properties()
          .forEach(entry -> keys.add(entry.getKey() + "=" + entry.getValue()));
      return "[" + String.join(",", keys) + "]";
    } catch (IOException e) {
      return "[" + rest + "]";
    }
  }
}
