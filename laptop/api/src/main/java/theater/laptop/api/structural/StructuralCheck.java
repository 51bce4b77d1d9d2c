package theater.laptop.api.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import theater.laptop.api.status.Cause;

/// A value against a structural schema (OpenAPI v3), with the words of the real server.
public final class StructuralCheck {
  private StructuralCheck() {}

  /// Everything that is wrong with an object, in the order of the fields' names.
  public static List<Cause> check(ObjectNode object, JsonNode schema) {
    ObjectNode content = object.deepCopy();
    content.remove(List.of("apiVersion", "kind", "metadata"));
    List<Cause> causes = new ArrayList<>();
    check(content, schema, "", causes);
    ListKeys.check(content, schema, "", causes);
    return causes;
  }

  /// What is wrong with a value that stands by itself, as a default does.
  ///
  /// @param path how messages call it
  public static List<Cause> alone(JsonNode value, JsonNode schema, String path) {
    List<Cause> causes = new ArrayList<>();
    check(value, schema, path, causes);
    return causes;
  }

  private static void check(JsonNode value, JsonNode schema, String path, List<Cause> causes) {
    if (value.isNull() && schema.path("nullable").asBoolean()) {
      return;
    }
    String type = type(schema);
    if (!type.isEmpty() && !fits(value, type)) {
      causes.add(wrongType(path, type, value));
      return;
    }
    alternatives(value, schema, path, causes);
    ValueLimits.check(value, schema, path, causes);
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      List<String> allowed = new ArrayList<>();
      schema.get("enum").forEach(each -> allowed.add(each.asText(each.toString())));
      causes.add(Cause.unsupported(path, value.toString(), allowed));
    }
    if (value instanceof ObjectNode object) {
      fields(object, schema, path, causes);
    } else if (value.isArray() && schema.path("items").isObject()) {
      for (int i = 0; i < value.size(); i++) {
        check(value.get(i), schema.get("items"), path + "[" + i + "]", causes);
      }
    } else if (value.isTextual()
        && schema.has("format")
        && !Formats.fits(value.asText(), schema.get("format").asText())) {
      causes.add(wrongType(path, schema.get("format").asText(), value.asText()));
    }
  }

  private static void fields(ObjectNode object, JsonNode schema, String path, List<Cause> causes) {
    TreeSet<String> names = new TreeSet<>();
    schema.path("required").forEach(name -> names.add(name.asText()));
    // What every object has is there; it is checked elsewhere.
    if (path.isEmpty()) {
      names.removeAll(List.of("apiVersion", "kind", "metadata"));
    }
    object.fieldNames().forEachRemaining(names::add);
    if (schema.path("x-kubernetes-embedded-resource").asBoolean()) {
      for (String name : List.of("apiVersion", "kind")) {
        if (object.path(name).asText("").isEmpty()) {
          causes.add(Cause.required(path + "." + name, "must not be empty"));
        }
      }
    }
    for (String name : names) {
      String at = path.isEmpty() ? name : path + "." + name;
      JsonNode known = schema.path("properties").path(name);
      if (!object.has(name)) {
        causes.add(Cause.required(at, ""));
      } else if (known.isObject()) {
        check(object.get(name), known, at, causes);
      } else if (schema.path("additionalProperties").isObject()) {
        check(object.get(name), schema.get("additionalProperties"), at, causes);
      }
    }
  }

  private static void alternatives(
      JsonNode value, JsonNode schema, String path, List<Cause> causes) {
    for (JsonNode each : schema.path("allOf")) {
      check(value, each, path, causes);
    }
    JsonNode any = schema.path("anyOf");
    if (!any.isEmpty() && fitting(value, any) == 0) {
      causes.add(whole(path, "must validate at least one schema (anyOf)"));
    }
    JsonNode one = schema.path("oneOf");
    long found = one.isEmpty() ? 1 : fitting(value, one);
    if (found != 1) {
      causes.add(
          whole(
              path,
              "must validate one and only one schema (oneOf). Found "
                  + (found == 0 ? "none valid" : found + " valid alternatives")));
    }
    if (schema.path("not").isObject() && alone(value, schema.get("not"), path).isEmpty()) {
      causes.add(whole(path, "must not validate the schema (not)"));
    }
  }

  private static long fitting(JsonNode value, JsonNode schemas) {
    long count = 0;
    for (JsonNode each : schemas) {
      count += alone(value, each, "").isEmpty() ? 1 : 0;
    }
    return count;
  }

  private static Cause whole(String path, String why) {
    return Cause.invalid("<nil>", "\"\"", "\"" + path + "\" " + why);
  }

  /// A value of another type than its schema says.
  public static Cause wrongType(String path, String type, JsonNode value) {
    return wrongType(path, type, word(value));
  }

  private static Cause wrongType(String path, String type, String got) {
    return Cause.type(
        path, "\"" + got + "\"", path + " in body must be of type " + type + ": \"" + got + "\"");
  }

  private static boolean contains(JsonNode allowed, JsonNode value) {
    for (JsonNode each : allowed) {
      boolean number = each.isNumber() && value.isNumber();
      if (number ? each.doubleValue() == value.doubleValue() : each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  /// Empty for any.
  private static String type(JsonNode schema) {
    return schema.path("x-kubernetes-int-or-string").asBoolean()
        ? "integer,string"
        : schema.path("type").asText("");
  }

  private static boolean fits(JsonNode value, String type) {
    return switch (type) {
      case "integer,string" -> value.isTextual() || whole(value);
      case "integer" -> whole(value);
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> value.isTextual();
    };
  }

  private static boolean whole(JsonNode value) {
    return value.isIntegralNumber()
        || value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
  }

  private static String word(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case BOOLEAN -> "boolean";
      case ARRAY -> "array";
      case NULL -> "null";
      default -> "object";
    };
  }
}
