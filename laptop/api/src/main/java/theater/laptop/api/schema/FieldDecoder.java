package theater.laptop.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import theater.kube.Quantity;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.status.StatusException;
import theater.laptop.schemas.ObjectSchema;
import theater.laptop.schemas.Schemas;
import theater.laptop.schemas.Type;

/// Reads a body the way the real server decodes it: a value of a wrong type in a built-in kind
/// stops it, unknown fields are taken out and told, quantities are written in one way. Custom
/// resources are checked for types later, by [CustomValidator].
public final class FieldDecoder {
  private static final Pattern QUANTITY =
      Pattern.compile("[+-]?[0-9.]+([eEinumkKMGTP]*[-+]?[0-9]*)");
  private final Schemas schemas;

  public FieldDecoder(Schemas schemas) {
    this.schemas = schemas;
  }

  /// Checks and prunes the object in place.
  ///
  /// @return warnings: unknown fields, when asked only to warn
  /// @throws StatusException 400 for a wrong type, or for unknown fields when strict
  public List<String> decode(Kind kind, String version, ObjectNode object, Strictness strictness) {
    ObjectSchema schema = schemas.kind(kind.apiVersion(version), kind.kind()).orElse(null);
    if (schema == null && !kind.learned()) {
      return List.of();
    }
    List<String> unknown = new ArrayList<>();
    try {
      if (kind.learned()) {
        if (object.get("metadata") instanceof ObjectNode metadata) {
          walkObject(
              metadata, schemas.object("ObjectMeta"), "metadata", "metadata", false, unknown);
        }
        unknown.addAll(kind.custom().prune(object));
      } else {
        walkObject(object, schema, "", "", kind.isCustom(), unknown);
      }
    } catch (WrongType e) {
      throw refused(kind, version, e.getMessage());
    }
    List<String> texts = unknown.stream().map(path -> "unknown field \"" + path + "\"").toList();
    if (!unknown.isEmpty() && strictness == Strictness.STRICT) {
      throw refused(kind, version, "strict decoding error: " + String.join(", ", texts));
    }
    return strictness == Strictness.WARN ? texts : List.of();
  }

  private static StatusException refused(Kind kind, String version, String why) {
    return StatusException.badRequest(
        kind.kind()
            + " in version \""
            + version
            + "\" cannot be handled as a "
            + kind.kind()
            + ": "
            + why);
  }

  private void walkObject(
      ObjectNode object,
      ObjectSchema schema,
      String path,
      String goPath,
      boolean lenient,
      List<String> unknown) {
    for (Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      String name = field.getKey();
      String at = path.isEmpty() ? name : path + "." + name;
      Type type = schema.fields().get(name);
      if (type == null) {
        unknown.add(at);
        fields.remove();
      } else {
        boolean free = lenient && !at.equals("metadata") && !at.startsWith("metadata.");
        walk(
            field,
            type,
            at,
            new Place(schema.shortName(), goPath.isEmpty() ? name : goPath + "." + name),
            free,
            unknown);
        if (saysNothing(field.getValue(), type, schema)) {
          fields.remove();
        }
      }
    }
  }

  /// An empty list of finalizers or map of labels is none.
  private static boolean saysNothing(JsonNode value, Type type, ObjectSchema schema) {
    boolean many = type instanceof Type.ListOf || type instanceof Type.MapOf;
    return schema.shortName().equals("ObjectMeta") && (value.isNull() || many && value.isEmpty());
  }

  /// @param field gets the one way to write a quantity
  private void walk(
      Map.Entry<String, JsonNode> field,
      Type type,
      String path,
      Place place,
      boolean lenient,
      List<String> unknown) {
    walk(field.getValue(), type, path, place, lenient, unknown);
    if (type == Type.Scalar.QUANTITY && !lenient && !field.getValue().isNull()) {
      field.setValue(TextNode.valueOf(Quantity.canonical(field.getValue().asText())));
    }
  }

  private void walk(
      JsonNode value, Type type, String path, Place place, boolean lenient, List<String> unknown) {
    if (value.isNull()) {
      return;
    }
    switch (type) {
      case Type.Ref ref when value instanceof ObjectNode object ->
          walkObject(object, schemas.object(ref.name()), path, place.path(), lenient, unknown);
      case Type.ListOf list when value.isArray() -> {
        for (int i = 0; i < value.size(); i++) {
          walk(value.get(i), list.item(), path + "[" + i + "]", place, lenient, unknown);
        }
      }
      case Type.MapOf map when value.isObject() -> {
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          walk(entry, map.value(), path + "." + entry.getKey(), place, lenient, unknown);
        }
      }
      default -> {
        if (!lenient) {
          check(value, type, place);
        }
      }
    }
  }

  private static void check(JsonNode value, Type type, Place place) {
    boolean fits =
        switch (type) {
          case Type.Scalar scalar ->
              switch (scalar) {
                case STRING, DURATION -> value.isTextual();
                case BYTES -> value.isTextual() && base64(value.asText());
                case INT32 -> value.isIntegralNumber() && value.canConvertToInt();
                case INT64 -> value.isIntegralNumber() && value.canConvertToLong();
                case NUMBER -> value.isNumber();
                case BOOL -> value.isBoolean();
                case QUANTITY -> value.isNumber() || value.isTextual() && quantity(value.asText());
                case INT_OR_STRING -> value.isIntegralNumber() || value.isTextual();
                case ANY -> true;
              };
          case Type.OneOf _ -> value.isTextual();
          default -> false;
        };
    if (!fits) {
      throw new WrongType(
          "json: cannot unmarshal "
              + word(value)
              + " into Go struct field "
              + place.struct()
              + "."
              + place.path()
              + " of type "
              + goType(type));
    }
  }

  private static boolean quantity(String text) {
    if (!QUANTITY.matcher(text).matches()) {
      throw new WrongType(
          "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }
    return true;
  }

  private static boolean base64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      int bad = 0;
      while (bad < text.length()
          && (Character.isLetterOrDigit(text.charAt(bad)) && text.charAt(bad) < 128
              || "+/".indexOf(text.charAt(bad)) >= 0)) {
        bad++;
      }
      throw new WrongType("illegal base64 data at input byte " + bad);
    }
  }

  static String word(JsonNode value) {
    if (value.isNumber()) {
      return value.isIntegralNumber() && value.canConvertToInt()
          ? "number"
          : "number " + value.asText();
    }
    return value.isTextual()
        ? "string"
        : value.isBoolean() ? "bool" : value.isArray() ? "array" : "object";
  }

  private static String goType(Type type) {
    return switch (type) {
      case Type.Scalar scalar ->
          switch (scalar) {
            case STRING, DURATION, QUANTITY -> "string";
            case INT_OR_STRING -> "intstr.IntOrString";
            case BYTES -> "[]uint8";
            case NUMBER -> "float64";
            default -> scalar.toString();
          };
      case Type.OneOf _ -> "string";
      case Type.ListOf list -> "[]" + goType(list.item());
      case Type.MapOf map -> "map[string]" + goType(map.value());
      case Type.Ref ref -> "v1." + ref.name().substring(ref.name().lastIndexOf('.') + 1);
    };
  }

  private record Place(String struct, String path) {}

  private static final class WrongType extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongType(String message) {
      super(message, null, false, false);
    }
  }
}
