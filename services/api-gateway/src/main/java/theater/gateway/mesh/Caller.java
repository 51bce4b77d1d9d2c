package theater.gateway.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// The gateway itself, as the rules see it.
///
/// @param labels of the gateway's pod
/// @param port that it calls
public record Caller(String namespace, Map<String, String> labels, int port) {

  public Caller {
    labels = Map.copyOf(labels);
  }

  /// Whether a match block can hold for this caller's requests at all.
  boolean isMeantBy(JsonNode match) {
    if (!callsThrough(match.path("gateways"))) {
      return false;
    }
    if (match.hasNonNull("sourceNamespace")
        && !namespace.equals(match.get("sourceNamespace").asText())) {
      return false;
    }
    if (match.hasNonNull("port") && match.get("port").asInt() != port) {
      return false;
    }
    return match.path("sourceLabels").properties().stream()
        .allMatch(e -> e.getValue().asText().equals(labels.get(e.getKey())));
  }

  /// A sidecar obeys rules for `mesh`, which is also meant when no gateway is named.
  static boolean callsThrough(JsonNode gateways) {
    return gateways.isEmpty() || contains(gateways, "mesh");
  }

  static boolean contains(JsonNode array, String value) {
    for (JsonNode element : array) {
      if (element.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }
}
