package theater.laptop.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.status.Cause;
import theater.laptop.api.structural.LimitCheck;
import theater.laptop.api.structural.StructuralCheck;
import theater.laptop.schemas.Limits;
import theater.laptop.schemas.ObjectSchema;
import theater.laptop.schemas.Schemas;
import theater.laptop.schemas.Type;

/// A custom resource against its schema: what a CustomResourceDefinition would refuse. Rules over
/// whole values (durations) are applied only when the structure is right, and the answer says so.
public final class CustomValidator {
  private static final Cause NOT_CHECKED =
      Cause.invalid(
          "<nil>",
          "null",
          "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation");
  private final Schemas schemas;

  public CustomValidator(Schemas schemas) {
    this.schemas = schemas;
  }

  /// Everything that is wrong, in the order of the fields' names.
  public List<Cause> validate(Kind kind, String version, ObjectNode object) {
    if (kind.learned()) {
      return StructuralCheck.check(object, kind.custom().schema());
    }
    List<Cause> causes = new ArrayList<>();
    List<Cause> rules = new ArrayList<>();
    schemas
        .kind(kind.apiVersion(version), kind.kind())
        .ifPresent(schema -> {
          for (String part : List.of("spec", "status")) {
            if (object.has(part) && schema.fields().containsKey(part)) {
              check(object.get(part), schema.fields().get(part), null, part, causes, rules);
            }
          }
          for (String name : schema.required()) {
            if (!object.has(name)) {
              causes.add(Cause.required(name, ""));
            }
          }
        });
    if (causes.stream().anyMatch(Cause::blocking)) {
      if (kind.group().endsWith("istio.io")) {
        causes.add(NOT_CHECKED);
      }
      return causes;
    }
    causes.addAll(rules);
    return causes;
  }

  /// @param items bounds of what a list or map holds, or null
  private void check(
      JsonNode value, Type type, Limits items, String path, List<Cause> causes, List<Cause> rules) {
    String expected = expected(type);
    if (!expected.isEmpty() && !fits(value, type)) {
      causes.add(StructuralCheck.wrongType(path, expected, value));
      return;
    }
    switch (type) {
      case Type.Ref ref ->
          object((ObjectNode) value, schemas.object(ref.name()), path, causes, rules);
      case Type.ListOf list -> {
        for (int i = 0; i < value.size(); i++) {
          LimitCheck.check(value.get(i), items, path + "[" + i + "]", causes);
          check(value.get(i), list.item(), null, path + "[" + i + "]", causes, rules);
        }
      }
      case Type.MapOf map -> {
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          String at = path + "." + entry.getKey();
          LimitCheck.check(entry.getValue(), items, at, causes);
          check(entry.getValue(), map.value(), null, at, causes, rules);
        }
      }
      case Type.OneOf one when !one.values().contains(value.asText()) ->
          causes.add(Cause.unsupported(path, value.toString(), one.values()));
      case Type.Scalar scalar when scalar == Type.Scalar.DURATION ->
          Durations.check(value.asText(), path, rules);
      default -> {}
    }
  }

  private void object(
      ObjectNode object, ObjectSchema schema, String path, List<Cause> causes, List<Cause> rules) {
    for (List<String> group : schema.alternatives()) {
      long given = group.stream().filter(object::has).count();
      if (given > 1) {
        causes.add(
            Cause.invalid(
                "<nil>",
                "\"\"",
                "\""
                    + path
                    + "\" must validate one and only one schema (oneOf). Found "
                    + given
                    + " valid alternatives"));
      }
    }
    TreeSet<String> names = new TreeSet<>(schema.required());
    object.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      Type type = schema.fields().get(name);
      if (!object.has(name)) {
        causes.add(Cause.required(path + "." + name, ""));
      } else if (type != null) {
        LimitCheck.check(object.get(name), schema.limits().get(name), path + "." + name, causes);
        check(
            object.get(name),
            type,
            schema.limits().get(name + "[]"),
            path + "." + name,
            causes,
            rules);
      }
    }
    if (schema.name().startsWith("istio.")) {
      CustomRules.check(schema.shortName(), object, path, rules);
    }
  }

  private static String expected(Type type) {
    return switch (type) {
      case Type.Scalar scalar ->
          switch (scalar) {
            case INT32, INT64 -> "integer";
            case NUMBER -> "number";
            case BOOL -> "boolean";
            case ANY, INT_OR_STRING, QUANTITY -> "";
            default -> "string";
          };
      case Type.OneOf _ -> "string";
      case Type.ListOf _ -> "array";
      default -> "object";
    };
  }

  private static boolean fits(JsonNode value, Type type) {
    return switch (expected(type)) {
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> value.isTextual();
    };
  }
}
