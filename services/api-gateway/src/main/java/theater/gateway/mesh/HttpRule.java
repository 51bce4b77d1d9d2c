package theater.gateway.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Istio: HTTPRoute of a VirtualService.
///
/// @param matches one of them must hold; empty: every request
record HttpRule(List<RequestMatch> matches, List<Destination> destinations, List<Fault> faults) {

  /// Istio: HTTPRouteDestination.
  ///
  /// @param host as written
  /// @param subset null when none is named
  /// @param weight as written; 0 when it is missing
  record Destination(String host, String subset, long weight) {}

  boolean meets(MeshRequest request) {
    if (matches.isEmpty()) {
      return true;
    }
    for (RequestMatch match : matches) {
      if (match.meets(request)) {
        return true;
      }
    }
    return false;
  }

  /// Whether there is a request of this gateway that it can act on.
  boolean possible() {
    return matches.isEmpty() || matches.stream().anyMatch(RequestMatch::possible);
  }

  /// Whether it leaves nothing to the rules after it.
  boolean catchesAll() {
    return matches.isEmpty()
        || matches.stream().anyMatch(m -> m.possible() && m.conditions().isEmpty());
  }

  /// Its conditions as a person writes them, alternatives joined by ` | `.
  String words() {
    return matches.stream()
        .filter(RequestMatch::possible)
        .map(RequestMatch::words)
        .distinct()
        .collect(Collectors.joining(" | "));
  }

  static HttpRule of(JsonNode node, Caller caller) {
    List<RequestMatch> matches = new ArrayList<>();
    node.path("match").forEach(match -> matches.add(RequestMatch.of(match, caller)));
    List<Destination> destinations = new ArrayList<>();
    for (JsonNode route : node.path("route")) {
      JsonNode to = route.path("destination");
      destinations.add(
          new Destination(
              to.path("host").asText(),
              to.path("subset").asText(null),
              route.path("weight").asLong()));
    }
    if (destinations.size() == 1 && destinations.getFirst().weight() == 0) {
      Destination only = destinations.getFirst();
      destinations.set(0, new Destination(only.host(), only.subset(), 100));
    }
    return new HttpRule(
        List.copyOf(matches), List.copyOf(destinations), Fault.of(node.path("fault")));
  }
}
