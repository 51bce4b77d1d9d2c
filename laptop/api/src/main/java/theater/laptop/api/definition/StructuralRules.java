package theater.laptop.api.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.Cause;
import theater.laptop.api.structural.StructuralCheck;

/// What makes a schema a structural one, with the words of the real server.
final class StructuralRules {
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");
  private static final List<String> UNKNOWN =
      List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");
  private static final List<String> QUANTIFIERS = List.of("anyOf", "allOf", "oneOf");
  private static final Map<String, String> NOT_NESTED =
      Map.of(
          "type", "must be empty to be structural",
          "title", "must be empty to be structural",
          "description", "must be empty to be structural",
          "x-kubernetes-list-map-keys", "must be empty to be structural",
          "x-kubernetes-validations", "must be empty to be structural",
          "additionalProperties", "must be undefined to be structural",
          "default", "must be undefined to be structural",
          "externalDocs", "must be undefined to be structural",
          "x-kubernetes-list-type", "must be undefined to be structural",
          "x-kubernetes-map-type", "must be undefined to be structural");
  private static final List<String> FALSE_WHEN_NESTED =
      List.of(
          "nullable",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-embedded-resource",
          "x-kubernetes-int-or-string");
  private static final JsonNode INT_OR_STRING = types("integer", "string");
  private final List<Cause> causes = new ArrayList<>();

  private StructuralRules() {}

  static List<Cause> check(ObjectNode schema, String path) {
    StructuralRules rules = new StructuralRules();
    if (schema.path("nullable").asBoolean()) {
      rules.forbidden(path + ".nullable", "nullable cannot be true at the root");
    }
    rules.keywords(schema, path);
    rules.walk(schema, path, "the root");
    rules.causes.sort(Comparator.comparing(Cause::field));
    return rules.causes;
  }

  /// @param place how messages call it
  private void walk(JsonNode schema, String path, String place) {
    String type = schema.path("type").asText("");
    boolean root = place.equals("the root");
    boolean embedded = flag(schema, "embedded-resource");
    if (type.equals("array") && !schema.path("items").isObject()) {
      causes.add(Cause.required(path + ".items", "must be specified"));
    }
    if (embedded && !type.equals("object")) {
      required(type, path, "must be object if x-kubernetes-embedded-resource is true");
    } else if (type.isEmpty()
        && !flag(schema, "int-or-string")
        && !flag(schema, "preserve-unknown-fields")) {
      causes.add(
          Cause.required(path + ".type", "must not be empty " + (root ? "at " : "for ") + place));
    } else if (root && !type.isEmpty() && !type.equals("object")) {
      invalid(path + ".type", type, "must be object at the root");
    }
    if (root && schema.has("additionalProperties")) {
      forbidden(path + ".additionalProperties", "must not be used at the root");
    }
    if (root && schema.path("properties").path("metadata").isObject()) {
      metadata(schema.path("properties").path("metadata"), path + ".properties[metadata]");
    }
    ListRules.check(schema, path, causes);
    nestedIn(schema, path);
    if (schema.has("default")) {
      causes.addAll(StructuralCheck.alone(schema.get("default"), schema, path + ".default"));
    }
    each(schema, path, (child, at, what) -> walk(child, at, what));
  }

  private void metadata(JsonNode metadata, String path) {
    boolean more =
        metadata.properties().stream()
            .anyMatch(
                each -> !List.of("type", "properties", "description").contains(each.getKey()));
    for (Map.Entry<String, JsonNode> field : metadata.path("properties").properties()) {
      more |= !List.of("name", "generateName").contains(field.getKey());
    }
    if (more) {
      forbidden(
          path,
          "must not specify anything other than name and generateName, but metadata is implicitly specified");
    }
  }

  /// Below anyOf, allOf, oneOf and not, a schema may only narrow what is specified beside them.
  private void nestedIn(JsonNode schema, String path) {
    for (String quantifier : QUANTIFIERS) {
      if (quantifier.equals("anyOf") && schema.path("anyOf").equals(INT_OR_STRING)) {
        continue;
      }
      for (int i = 0; i < schema.path(quantifier).size(); i++) {
        JsonNode each = schema.path(quantifier).get(i);
        if (!each.path("anyOf").equals(INT_OR_STRING)) {
          nested(each, path + "." + quantifier + "[" + i + "]");
        }
      }
    }
    if (schema.path("not").isObject()) {
      nested(schema.get("not"), path + ".not");
    }
  }

  private void nested(JsonNode schema, String path) {
    NOT_NESTED.forEach((field, why) -> {
      if (schema.has(field)) {
        forbidden(path + "." + field, why);
      }
    });
    for (String field : FALSE_WHEN_NESTED) {
      if (schema.path(field).asBoolean()) {
        forbidden(path + "." + field, "must be false to be structural");
      }
    }
    if (schema.path("properties").has("metadata")) {
      forbidden(path + ".properties[metadata]", "must not be specified in a nested context");
    }
    nestedIn(schema, path);
    each(schema, path, (child, at, _) -> nested(child, at));
  }

  /// What no schema may have, wherever it stands.
  private void keywords(JsonNode schema, String path) {
    for (String field : UNKNOWN) {
      if (schema.has(field)) {
        forbidden(path + "." + field, field + " is not supported");
      }
    }
    String type = schema.path("type").asText("");
    if (type.equals("null")) {
      forbidden(path + ".type", "type cannot be set to null, use nullable as an alternative");
    } else if (!type.isEmpty() && !TYPES.contains(type)) {
      causes.add(Cause.unsupported(path + ".type", "\"" + type + "\"", TYPES));
    }
    if (schema.path("items").isArray()) {
      forbidden(path + ".items", "items must be a schema object and not an array");
    }
    if (schema.path("uniqueItems").asBoolean()) {
      forbidden(
          path + ".uniqueItems",
          "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
    if (schema.path("additionalProperties").isObject() && !schema.path("properties").isEmpty()) {
      forbidden(
          path + ".additionalProperties",
          "additionalProperties and properties are mutual exclusive");
    }
    if (schema.has("x-kubernetes-preserve-unknown-fields")
        && !flag(schema, "preserve-unknown-fields")) {
      causes.add(
          Cause.invalid(
              path + ".x-kubernetes-preserve-unknown-fields",
              "false",
              "must be true or undefined"));
    }
    pattern(schema, path);
    each(schema, path, (child, at, _) -> keywords(child, at));
    for (String quantifier : QUANTIFIERS) {
      for (int i = 0; i < schema.path(quantifier).size(); i++) {
        keywords(schema.path(quantifier).get(i), path + "." + quantifier + "[" + i + "]");
      }
    }
    if (schema.path("not").isObject()) {
      keywords(schema.get("not"), path + ".not");
    }
  }

  private void pattern(JsonNode schema, String path) {
    try {
      Pattern.compile(schema.path("pattern").asText(""));
    } catch (PatternSyntaxException e) {
      invalid(
          path + ".pattern",
          schema.path("pattern").asText(),
          "must be a valid regular expression, but isn't: " + e.getDescription());
    }
  }

  private interface Visitor {
    void visit(JsonNode schema, String path, String place);
  }

  private static void each(JsonNode schema, String path, Visitor visitor) {
    if (schema.path("items").isObject()) {
      visitor.visit(schema.get("items"), path + ".items", "specified array items");
    }
    if (schema.path("additionalProperties").isObject()) {
      visitor.visit(
          schema.get("additionalProperties"),
          path + ".additionalProperties",
          "specified object fields");
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      visitor.visit(
          property.getValue(),
          path + ".properties[" + property.getKey() + "]",
          "specified object fields");
    }
  }

  private static boolean flag(JsonNode schema, String name) {
    return schema.path("x-kubernetes-" + name).asBoolean();
  }

  private static JsonNode types(String... names) {
    var list = Json.object().arrayNode();
    for (String name : names) {
      list.addObject().put("type", name);
    }
    return list;
  }

  private void required(String type, String path, String why) {
    if (type.isEmpty()) {
      causes.add(Cause.required(path + ".type", why));
    } else {
      invalid(path + ".type", type, why);
    }
  }

  private void forbidden(String path, String why) {
    causes.add(new Cause("FieldValueForbidden", "Forbidden: " + why, path));
  }

  private void invalid(String path, String value, String why) {
    causes.add(Cause.invalid(path, "\"" + value + "\"", why));
  }
}
