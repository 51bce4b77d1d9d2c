package theater.laptop.api.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import theater.laptop.api.status.Cause;

/// What a schema may say of how lists and maps are merged: x-kubernetes-list-type, -list-map-keys
/// and -map-type.
final class ListRules {
  private static final String LIST = "x-kubernetes-list-type";
  private static final String KEYS = "x-kubernetes-list-map-keys";
  private static final String MAP = "x-kubernetes-map-type";

  private ListRules() {}

  static void check(JsonNode schema, String path, List<Cause> causes) {
    String type = schema.path("type").asText("");
    String list = schema.path(LIST).asText("");
    if (!list.isEmpty()) {
      typed(type, "array", LIST, path, causes);
      if (!List.of("atomic", "set", "map").contains(list)) {
        causes.add(
            Cause.unsupported(
                path + "." + LIST, "\"" + list + "\"", List.of("atomic", "map", "set")));
      }
    }
    if (!schema.path(MAP).asText("").isEmpty()) {
      typed(type, "object", MAP, path, causes);
      if (!List.of("atomic", "granular").contains(schema.path(MAP).asText())) {
        causes.add(
            Cause.unsupported(
                path + "." + MAP, schema.path(MAP).toString(), List.of("atomic", "granular")));
      }
    }
    if (!schema.path(KEYS).isEmpty() && !list.equals("map")) {
      String why = "must be map if " + KEYS + " is non-empty";
      causes.add(
          list.isEmpty()
              ? Cause.required(path + "." + LIST, why)
              : Cause.invalid(path + "." + LIST, "\"" + list + "\"", why));
    }
    if (list.equals("map")) {
      map(schema, path, causes);
    }
  }

  private static void typed(
      String type, String wanted, String field, String path, List<Cause> causes) {
    String why = "must be " + wanted + " if " + field + " is specified";
    if (type.isEmpty()) {
      causes.add(Cause.required(path + ".type", why));
    } else if (!type.equals(wanted)) {
      causes.add(Cause.invalid(path + ".type", "\"" + type + "\"", why));
    }
  }

  private static void map(JsonNode schema, String path, List<Cause> causes) {
    JsonNode items = schema.path("items");
    if (schema.path(KEYS).isEmpty()) {
      causes.add(Cause.required(path + "." + KEYS, "must not be empty if " + LIST + " is map"));
    }
    if (!items.isObject()) {
      causes.add(Cause.required(path + ".items", "must have a schema if " + LIST + " is map"));
      return;
    }
    String type = items.path("type").asText("");
    if (!type.equals("object")) {
      causes.add(
          Cause.invalid(
              path + ".items.type",
              "\"" + type + "\"",
              "must be object if parent array's " + LIST + " is map"));
    }
    boolean known = true;
    for (JsonNode key : schema.path(KEYS)) {
      JsonNode property = items.path("properties").path(key.asText());
      String at = path + ".items.properties[" + key.asText() + "]";
      known &= property.isObject();
      if (List.of("array", "object").contains(property.path("type").asText(""))) {
        causes.add(
            Cause.invalid(
                at + ".type",
                property.path("type").toString(),
                "must be a scalar type if parent array's " + LIST + " is map"));
      }
      boolean required = false;
      for (JsonNode name : items.path("required")) {
        required |= name.equals(key);
      }
      if (property.isObject() && !required && !property.has("default")) {
        causes.add(
            Cause.required(
                at + ".default",
                "this property is in "
                    + KEYS
                    + ", so it must have a default or be a required property"));
      }
    }
    if (!known) {
      causes.add(
          Cause.invalid(
              path + "." + KEYS,
              schema.path(KEYS).toString(),
              "entries must all be names of item properties"));
    }
  }
}
