package theater.laptop.api.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.common.uri.UriQuery;
import java.util.List;

/// An admitted request for a stream.
///
/// @param verb `exec`, `attach` or `portforward`
/// @param container empty for `portforward`
public record StreamTarget(String verb, ObjectNode pod, String container, UriQuery query) {

  /// Whether a query parameter says so.
  boolean flag(String name) {
    return query.contains(name) && List.of("true", "1", "").contains(query.get(name));
  }

  List<String> words(String name) {
    return query.contains(name) ? query.all(name) : List.of();
  }

  /// A field of the pod; empty when absent.
  public String text(String... path) {
    var at = (com.fasterxml.jackson.databind.JsonNode) pod;
    for (String name : path) {
      at = at.path(name);
    }
    return at.asText("");
  }
}
