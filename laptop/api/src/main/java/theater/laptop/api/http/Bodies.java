package theater.laptop.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import theater.laptop.api.json.Json;
import theater.laptop.api.protobuf.ProtobufObjects;
import theater.laptop.api.status.StatusException;

/// Reads the object in a body: JSON, YAML or protobuf.
final class Bodies {
  private Bodies() {}

  static ObjectNode object(Exchange exchange) {
    if (!(tree(exchange) instanceof ObjectNode object)) {
      throw StatusException.badRequest("the body is no JSON object");
    }
    return object;
  }

  static JsonNode tree(Exchange exchange) {
    byte[] body = exchange.body();
    if (body.length == 0) {
      return Json.object();
    }
    try {
      return switch (exchange.contentType()) {
        case "application/vnd.kubernetes.protobuf" -> ProtobufObjects.read(body);
        case "application/yaml", "text/yaml", "application/apply-patch+yaml" ->
            new YAMLMapper().readTree(body);
        case "" -> Json.read(body);
        case String type when type.endsWith("json") -> Json.read(body);
        default ->
            throw StatusException.unsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf");
      };
    } catch (JsonProcessingException e) {
      throw StatusException.badRequest(
          "the object provided is unrecognized (must be of type JSON): " + e.getOriginalMessage());
    } catch (IOException e) {
      throw StatusException.badRequest(
          "the object provided is unrecognized (must be of type JSON): " + e.getMessage());
    }
  }
}
