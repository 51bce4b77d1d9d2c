package theater.mesh.translation.gatewayapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/// Conditions of a status (Kubernetes: metav1.Condition), sorted by type. Without times and
/// generation: only who writes them knows those.
final class Conditions {
  static final String ACCEPTED = "Accepted";
  static final String PROGRAMMED = "Programmed";
  static final String RESOLVED = "ResolvedRefs";
  static final String CONFLICTED = "Conflicted";
  static final String FINE = "No errors found";

  private final Map<String, ObjectNode> byType = new TreeMap<>();

  /// Puts a condition in place of the one of its type.
  Conditions set(String type, boolean status, String reason, String message) {
    byType.put(
        type,
        JsonNodeFactory.instance
            .objectNode()
            .put("type", type)
            .put("status", status ? "True" : "False")
            .put("reason", reason)
            .put("message", message));
    return this;
  }

  ArrayNode json() {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    byType.values().forEach(condition -> result.add(condition.deepCopy()));
    return result;
  }
}
