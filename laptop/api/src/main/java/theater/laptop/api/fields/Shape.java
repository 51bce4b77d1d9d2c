package theater.laptop.api.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.schemas.ObjectSchema;
import theater.laptop.schemas.Schemas;
import theater.laptop.schemas.Type;

/// How a value of a known type divides into parts.
sealed interface Shape {
  /// Nothing is known: an object divides by field, a list is one whole.
  Shape ANY = new Structural(MissingNode.getInstance());

  Shape field(String name);

  Shape item();

  /// The fields that tell the items of a list apart: empty for a set; null for a list that is one
  /// whole.
  List<String> keys();

  /// What a key counts as when an item does not have it; missing for none.
  JsonNode standIn(String key);

  /// Whether an object is one whole.
  boolean whole();

  /// A type of the built-in models: lists have the keys that strategic merge patch knows; ports
  /// have their protocol as a second key, with its default.
  ///
  /// @param key of the list's items; null for an atomic list, empty for a set
  record Model(Schemas schemas, Type type, String key) implements Shape {
    private static final List<String> PORT_KEYS = List.of("containerPort", "port");

    @Override
    public Shape field(String name) {
      if (type instanceof Type.Ref ref) {
        ObjectSchema schema = schemas.object(ref.name());
        Type field = schema.fields().getOrDefault(name, Type.Scalar.ANY);
        return new Model(schemas, field, schema.mergeKeys().get(name));
      }
      return new Model(
          schemas, type instanceof Type.MapOf map ? map.value() : Type.Scalar.ANY, null);
    }

    @Override
    public Shape item() {
      return new Model(
          schemas, type instanceof Type.ListOf list ? list.item() : Type.Scalar.ANY, null);
    }

    @Override
    public List<String> keys() {
      if (key == null || key.isEmpty()) {
        return key == null ? null : List.of();
      }
      return PORT_KEYS.contains(key) ? List.of(key, "protocol") : List.of(key);
    }

    @Override
    public JsonNode standIn(String key) {
      return key.equals("protocol") ? TextNode.valueOf("TCP") : MissingNode.getInstance();
    }

    @Override
    public boolean whole() {
      return false;
    }
  }

  /// A structural schema of a CustomResourceDefinition.
  record Structural(JsonNode schema) implements Shape {

    @Override
    public Shape field(String name) {
      JsonNode known = schema.path("properties").path(name);
      return new Structural(known.isObject() ? known : schema.path("additionalProperties"));
    }

    @Override
    public Shape item() {
      return new Structural(schema.path("items"));
    }

    @Override
    public List<String> keys() {
      return switch (schema.path("x-kubernetes-list-type").asText("")) {
        case "set" -> List.of();
        case "map" -> {
          List<String> keys = new ArrayList<>();
          schema.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
          yield keys;
        }
        default -> null;
      };
    }

    @Override
    public JsonNode standIn(String key) {
      return schema.path("items").path("properties").path(key).path("default");
    }

    @Override
    public boolean whole() {
      return schema.path("x-kubernetes-map-type").asText("").equals("atomic");
    }
  }

  /// The metadata of every object, the rest as a definition has it.
  record Learned(Shape metadata, Shape content) implements Shape {

    @Override
    public Shape field(String name) {
      return name.equals("metadata") ? metadata : content.field(name);
    }

    @Override
    public Shape item() {
      return ANY;
    }

    @Override
    public List<String> keys() {
      return null;
    }

    @Override
    public JsonNode standIn(String key) {
      return MissingNode.getInstance();
    }

    @Override
    public boolean whole() {
      return false;
    }
  }
}
