package theater.gateway.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Istio: HTTPMatchRequest. All conditions must hold. What can not change between requests of this
/// gateway is settled when it is read.
///
/// @param words the conditions as a person writes them; empty when there are none
record RequestMatch(boolean possible, List<Predicate<MeshRequest>> conditions, String words) {

  boolean meets(MeshRequest request) {
    if (!possible) {
      return false;
    }
    for (Predicate<MeshRequest> condition : conditions) {
      if (!condition.test(request)) {
        return false;
      }
    }
    return true;
  }

  static RequestMatch of(JsonNode node, Caller caller) {
    List<Predicate<MeshRequest>> conditions = new ArrayList<>();
    node.path("headers")
        .properties()
        .forEach(e -> conditions.add(header(e.getKey(), e.getValue())));
    node.path("withoutHeaders")
        .properties()
        .forEach(e -> conditions.add(header(e.getKey(), e.getValue()).negate()));
    node.path("queryParams")
        .properties()
        .forEach(e -> conditions.add(part(e.getValue(), false, r -> r.parameter(e.getKey()))));
    if (node.has("uri")) {
      conditions.add(
          part(node.get("uri"), node.path("ignoreUriCase").asBoolean(), MeshRequest::path));
    }
    if (node.has("method")) {
      conditions.add(part(node.get("method"), false, MeshRequest::method));
    }
    if (node.has("authority")) {
      conditions.add(part(node.get("authority"), false, MeshRequest::authority));
    }
    if (node.has("scheme")) {
      conditions.add(part(node.get("scheme"), false, request -> "http"));
    }
    return new RequestMatch(caller.isMeantBy(node), List.copyOf(conditions), MatchWords.of(node));
  }

  private static Predicate<MeshRequest> header(String name, JsonNode match) {
    return part(match, false, request -> request.header(name));
  }

  private static Predicate<MeshRequest> part(
      JsonNode node, boolean ignoreCase, Function<MeshRequest, String> part) {
    StringMatch match = StringMatch.of(node, ignoreCase);
    return request -> {
      String value = part.apply(request);
      return value != null && match.matches(value);
    };
  }
}
