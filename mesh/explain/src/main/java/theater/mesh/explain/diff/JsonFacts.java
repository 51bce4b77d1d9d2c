package theater.mesh.explain.diff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import java.util.Iterator;
import java.util.Map;
import theater.mesh.explain.diff.Facts.Place;
import theater.mesh.world.ConfigDumpJson;

/// Any of Envoy's messages, flattened: path → value. Nothing is left out, so that no difference
/// goes untold.
final class JsonFacts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonFacts() {}

  static Facts of(Place place, Message message) {
    Facts facts = new Facts();
    facts.put(place, "exists", "true");
    flatten(facts, place, "", json(message));
    return facts;
  }

  static String text(Message message) {
    return json(message).toString();
  }

  private static JsonNode json(Message message) {
    try {
      return JSON.readTree(ConfigDumpJson.json(message));
    } catch (IllegalStateException | JsonProcessingException e) {
      // An extension that the dump has no type for: its bytes still tell that it changed.
      return JSON.createObjectNode().put("bytes", Integer.toHexString(message.hashCode()));
    }
  }

  private static void flatten(Facts facts, Place place, String path, JsonNode node) {
    if (node.isObject()) {
      Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
      while (fields.hasNext()) {
        Map.Entry<String, JsonNode> field = fields.next();
        if (!field.getKey().equals("@type") && !field.getKey().equals("metadata")) {
          flatten(
              facts,
              place,
              path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
              field.getValue());
        }
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        JsonNode name = node.get(i).path("name");
        flatten(
            facts,
            place,
            path + "[" + (name.isTextual() ? name.textValue() : Integer.toString(i)) + "]",
            node.get(i));
      }
    } else {
      facts.put(place, path.replace(' ', '_'), Shortened.of(node.asText()));
    }
  }
}
