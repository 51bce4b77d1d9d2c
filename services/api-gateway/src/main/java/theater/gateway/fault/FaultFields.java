package theater.gateway.fault;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Set;

/// The fields of a request's body, each read with what it may be.
final class FaultFields {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode body;

  private FaultFields(ObjectNode body) {
    this.body = body;
  }

  /// @throws FaultException for what is no JSON object or has unknown fields
  static FaultFields parse(String text, Set<String> allowed) {
    try {
      JsonNode node = text.isBlank() ? MAPPER.createObjectNode() : MAPPER.readTree(text);
      if (!(node instanceof ObjectNode object)) {
        throw new FaultException(
            400, "the body is " + node.getNodeType() + "; expected a JSON object");
      }
      for (var field : object.properties()) {
        if (!allowed.contains(field.getKey())) {
          throw FaultException.field(
              field.getKey(),
              field.getValue(),
              "only the fields " + String.join(", ", allowed.stream().sorted().toList()));
        }
      }
      return new FaultFields(object);
    } catch (JacksonException e) {
      throw new FaultException(400, "the body is no JSON: " + e.getOriginalMessage());
    }
  }

  boolean has(String name) {
    return body.hasNonNull(name);
  }

  String oneOf(String name, Collection<String> expected) {
    JsonNode value = body.path(name);
    if (!value.isTextual() || !expected.contains(value.asText())) {
      throw FaultException.field(name, show(name), "one of " + String.join(", ", expected));
    }
    return value.asText();
  }

  String text(String name, String pattern, String expected, String otherwise) {
    JsonNode value = body.path(name);
    if (!has(name) && otherwise != null) {
      return otherwise;
    }
    if (!(value.isTextual() || value.isIntegralNumber()) || !value.asText().matches(pattern)) {
      throw FaultException.field(name, show(name), expected);
    }
    return value.asText();
  }

  /// @param otherwise when the field is missing
  int number(String name, int from, int to, int otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode value = body.get(name);
    if (!value.isIntegralNumber() || value.asLong() < from || value.asLong() > to) {
      throw FaultException.field(name, show(name), "a whole number from " + from + " to " + to);
    }
    return value.asInt();
  }

  boolean flag(String name) {
    if (has(name) && !body.get(name).isBoolean()) {
      throw FaultException.field(name, show(name), "true or false");
    }
    return body.path(name).asBoolean();
  }

  private String show(String name) {
    return body.has(name) ? body.get(name).toString() : "missing";
  }
}
