package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.TreeMap;

/// One text for equal JSON trees: fields sorted, numbers as they are written. For comparing and
/// hashing.
public final class Canonical {
  private Canonical() {}

  public static String text(JsonNode node) {
    StringBuilder text = new StringBuilder();
    append(node, text);
    return text.toString();
  }

  public static boolean equal(JsonNode one, JsonNode other) {
    return text(one).equals(text(other));
  }

  private static void append(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
      text.append('{');
      sorted.forEach((name, value) -> {
        text.append(JsonNodeFactory.instance.textNode(name)).append(':');
        append(value, text);
        text.append(',');
      });
      text.append('}');
    } else if (node.isArray()) {
      text.append('[');
      for (JsonNode item : node) {
        append(item, text);
        text.append(',');
      }
      text.append(']');
    } else {
      text.append(node);
    }
  }
}
