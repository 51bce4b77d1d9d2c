package theater.laptop.api.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.StatusException;

/// Bodies of type `application/vnd.kubernetes.protobuf`: the four bytes `k8s\0`, then
/// runtime.Unknown with the object in it. Kubernetes writes fields that are no pointers even when
/// they are empty; those are left out here.
public final class ProtobufObjects {
  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private ProtobufObjects() {}

  /// @throws IOException when the bytes are damaged
  /// @throws StatusException 415 for a kind that we have no field numbers of
  public static ObjectNode read(byte[] body) throws IOException {
    for (int i = 0; i < MAGIC.length; i++) {
      if (body.length <= i || body[i] != MAGIC[i]) {
        throw new IOException("the body does not begin with the four bytes of Kubernetes protobuf");
      }
    }
    ProtobufReader unknown = new ProtobufReader(body, MAGIC.length, body.length);
    ObjectNode object = Json.object();
    ProtobufReader raw = null;
    while (unknown.next()) {
      if (unknown.field() == 1) {
        ProtobufReader meta = unknown.message();
        while (meta.next()) {
          object.put(meta.field() == 1 ? "apiVersion" : "kind", meta.text());
        }
      } else if (unknown.field() == 2) {
        raw = unknown.message();
      } else {
        unknown.skip();
      }
    }
    String kind = Json.text(object, "kind");
    if (raw == null || !Messages.known(kind)) {
      throw StatusException.unsupportedMediaType(
          "protobuf bodies of kind \""
              + kind
              + "\" are not understood: use kubectl apply -f, which sends JSON");
    }
    object.setAll(message(raw, kind));
    return object;
  }

  private static ObjectNode message(ProtobufReader in, String name) throws IOException {
    ObjectNode object = Json.object();
    while (in.next()) {
      Messages.Field field = Messages.field(name, in.field());
      if (field == null) {
        in.skip();
      } else if (field.list()) {
        JsonNode value = value(in, field.type());
        object.withArray(field.name()).add(value == null ? defaultOf(field.type()) : value);
      } else if (field.name().equals("-")) {
        object.setAll(message(in.message(), field.type()));
      } else if (field.map()) {
        entry(in.message(), field, Json.child(object, field.name()));
      } else {
        JsonNode value = value(in, field.type());
        if (value != null && (field.pointer() || !empty(value))) {
          object.set(field.name(), value);
        }
      }
    }
    return object;
  }

  private static void entry(ProtobufReader in, Messages.Field field, ObjectNode map)
      throws IOException {
    String key = "";
    JsonNode value = null;
    while (in.next()) {
      if (in.field() == 1) {
        key = in.text();
      } else {
        value = value(in, field.type());
      }
    }
    map.set(key, value == null ? defaultOf(field.type()) : value);
  }

  private static JsonNode value(ProtobufReader in, String type) throws IOException {
    var nodes = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
    return switch (type) {
      case "string" -> nodes.textNode(in.text());
      case "bytes" -> nodes.textNode(Base64.getEncoder().encodeToString(in.bytes()));
      case "int" -> {
        long number = in.number();
        yield number == (int) number ? nodes.numberNode((int) number) : nodes.numberNode(number);
      }
      case "bool" -> nodes.booleanNode(in.number() != 0);
      case "Quantity" -> nodes.textNode(Json.text(message(in.message(), "Quantity"), "string"));
      case "IntOrString" -> {
        ObjectNode parts = message(in.message(), "IntOrString");
        yield parts.path("type").asInt() == 0
            ? nodes.numberNode(parts.path("intVal").asInt())
            : parts.path("strVal");
      }
      case "Time" -> {
        long seconds = message(in.message(), "Time").path("seconds").asLong();
        yield seconds == 0
            ? null
            : nodes.textNode(java.time.Instant.ofEpochSecond(seconds).toString());
      }
      default -> message(in.message(), type);
    };
  }

  private static JsonNode defaultOf(String type) {
    var nodes = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
    return type.toLowerCase(Locale.ROOT).equals(type) ? nodes.textNode("") : nodes.objectNode();
  }

  private static boolean empty(JsonNode value) {
    return value.isTextual() && value.asText().isEmpty()
        || value.isNumber() && value.asLong() == 0
        || value.isBoolean() && !value.asBoolean()
        || value.isObject() && value.isEmpty();
  }

  /// The magic bytes as text, for tests.
  static String magic() {
    return new String(MAGIC, StandardCharsets.US_ASCII);
  }
}
