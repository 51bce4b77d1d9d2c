package theater.mesh.translation.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import theater.mesh.translation.spec.SpecNode;

/// Conditions of HTTPRoute and GRPCRoute as Istio's, and their order: exact paths, then prefixes,
/// then expressions; longer before shorter; then by method, number of headers and of parameters.
final class RouteMatches {
  /// Of Istio's HTTP routes with one element of `match` at most.
  static final Comparator<JsonNode> MORE_SPECIAL_FIRST =
      Comparator.comparingInt((JsonNode http) -> -rank(first(http)))
          .thenComparingInt(http -> -length(first(http)))
          .thenComparing(http -> !first(http).has("method"))
          .thenComparingInt(http -> -first(http).path("headers").size())
          .thenComparingInt(http -> -first(http).path("queryParams").size());

  private RouteMatches() {}

  static ObjectNode http(SpecNode match) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    SpecNode path = match.at("path");
    String value = path.at("value").textOr("/");
    ObjectNode uri = result.putObject("uri");
    switch (path.at("type").textOr("PathPrefix")) {
      case "Exact" -> uri.put("exact", value);
      case "RegularExpression" -> uri.put("regex", value);
      default -> uri.put("prefix", value.equals("/") ? value : value.replaceFirst("/$", ""));
    }
    named(match.at("headers"), "headers", result);
    named(match.at("queryParams"), "queryParams", result);
    match.at("method").text().ifPresent(name -> result.putObject("method").put("exact", name));
    return result;
  }

  static ObjectNode grpc(SpecNode match) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    String service = match.at("method", "service").textOr("");
    String method = match.at("method", "method").textOr("");
    boolean exact = match.at("method", "type").textOr("Exact").equals("Exact");
    if (!service.isEmpty() || !method.isEmpty()) {
      ObjectNode uri = result.putObject("uri");
      if (method.isEmpty()) {
        uri.put(exact ? "prefix" : "regex", "/" + service + (exact ? "/" : "/.+"));
      } else if (service.isEmpty()) {
        uri.put("regex", "/[^/]+/" + method);
      } else {
        uri.put(exact ? "exact" : "regex", "/" + service + "/" + method);
      }
    }
    named(match.at("headers"), "headers", result);
    return result;
  }

  /// The first of a name counts.
  private static void named(SpecNode list, String field, ObjectNode result) {
    for (SpecNode one : list.items()) {
      String kind = one.at("type").textOr("Exact").equals("RegularExpression") ? "regex" : "exact";
      ObjectNode map = result.withObject("/" + field);
      String name = one.at("name").textOr("");
      if (!map.has(name)) {
        map.putObject(name).put(kind, one.at("value").textOr(""));
      }
    }
  }

  private static JsonNode first(JsonNode http) {
    return http.path("match").path(0);
  }

  private static int rank(JsonNode match) {
    JsonNode uri = match.path("uri");
    return uri.has("exact") ? 3 : uri.has("prefix") ? 2 : uri.has("regex") ? 1 : -1;
  }

  private static int length(JsonNode match) {
    JsonNode uri = match.path("uri");
    return uri.isEmpty() ? 0 : uri.elements().next().asText().length();
  }
}
