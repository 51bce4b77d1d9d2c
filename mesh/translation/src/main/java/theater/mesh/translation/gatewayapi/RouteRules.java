package theater.mesh.translation.gatewayapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;

/// The rules of an HTTPRoute or GRPCRoute as Istio's `http`, one per match.
final class RouteRules {
  private static final int NO_SHARE = 0;

  private final Backends backends;
  private final Rule route;
  private final boolean mesh;

  /// @param mesh whether callers are sidecars: they need no ReferenceGrant
  RouteRules(Backends backends, Rule route, boolean mesh) {
    this.backends = backends;
    this.route = route;
    this.mesh = mesh;
  }

  /// What a route comes to.
  ///
  /// @param http none when one of the rules can not be taken at all
  /// @param error what the status tells
  record Made(List<ObjectNode> http, Optional<RouteError> error) {}

  /// All rules.
  Made all() {
    List<ObjectNode> result = new ArrayList<>();
    Optional<RouteError> told = Optional.empty();
    List<SpecNode> rules = route.spec().at("rules").items();
    for (int position = 0; position < rules.size(); position++) {
      List<RouteError> errors = new ArrayList<>();
      result.addAll(of(rules.get(position), position, errors));
      Optional<RouteError> broken = errors.stream().filter(RouteError::whole).findFirst();
      if (broken.isPresent()) {
        return new Made(List.of(), broken);
      }
      if (!errors.isEmpty()) {
        told = Optional.of(RouteError.joined(errors));
      }
    }
    return new Made(result, told);
  }

  private List<ObjectNode> of(SpecNode rule, int position, List<RouteError> errors) {
    List<ObjectNode> result = new ArrayList<>();
    boolean grpc = route.object().kind().equals("GRPCRoute");
    List<SpecNode> matches = rule.at("matches").items();
    for (int i = 0; i < Math.max(1, matches.size()); i++) {
      ObjectNode http = JsonNodeFactory.instance.objectNode();
      http.put(
          "name",
          rule.at("name").textOr(route.namespace() + "." + route.object().name() + "." + position));
      boolean written = i < matches.size();
      SpecNode match = written ? matches.get(i) : SpecNode.absent(rule.problems());
      ObjectNode conditions = grpc ? RouteMatches.grpc(match) : RouteMatches.http(match);
      if (!conditions.isEmpty()) {
        http.putArray("match").add(conditions);
      }
      ObjectNode origin = http.putObject(Rule.ORIGIN);
      origin.put("object", rule.object()).put("place", rule.path());
      origin.put("match", written ? match.path() : "");
      List<RouteError> found = new ArrayList<>();
      fill(rule, http, origin.putArray("destinations"), found);
      if (i == 0) {
        errors.addAll(found); // the same for each match
      }
      result.add(http);
    }
    return result;
  }

  private void fill(SpecNode rule, ObjectNode http, ArrayNode places, List<RouteError> errors) {
    String kind = route.object().kind();
    RouteFilters filters = new RouteFilters(backends, kind, route.namespace(), !mesh);
    List<RouteError> late = new ArrayList<>();
    filters.ofRule(rule.at("filters"), http, errors, late);
    retries(rule.at("retry"), http);
    timeouts(rule.at("timeouts"), http);
    List<SpecNode> shares =
        rule.at("backendRefs").items().stream()
            .filter(backend -> weight(backend) != NO_SHARE)
            .toList();
    if (http.has("redirect")) {
      return;
    }
    if (shares.isEmpty()) {
      http.putObject("directResponse").put("status", 500);
    } else {
      ArrayNode destinations = http.putArray("route");
      for (SpecNode share : shares) {
        ObjectNode destination = destinations.addObject();
        destination.set(
            "destination", backends.destination(share, kind, route.namespace(), !mesh, errors));
        destination.put("weight", shares.size() == 1 ? NO_SHARE : weight(share));
        filters.ofBackend(share.at("filters"), destination, errors);
        places.add(share.path());
      }
    }
    errors.addAll(late);
  }

  private static int weight(SpecNode backend) {
    return backend.at("weight").present() ? backend.at("weight").unsigned().orElse(1) : 1;
  }

  private static void retries(SpecNode written, ObjectNode http) {
    if (!written.present()) {
      return;
    }
    int attempts = written.at("attempts").unsigned().orElse(2);
    ObjectNode retries = http.putObject("retries").put("attempts", attempts);
    StringBuilder conditions =
        new StringBuilder("connect-failure,refused-stream,unavailable,cancelled");
    written
        .at("codes")
        .items()
        .forEach(code -> conditions.append(',').append(code.whole().orElse(503)));
    if (attempts > 0) {
      retries.put("retryOn", conditions.toString());
    }
    written.at("backoff").text().ifPresent(time -> retries.put("backoff", time));
  }

  /// A time of zero is none.
  private static void timeouts(SpecNode written, ObjectNode http) {
    time(written.at("request"), http, "timeout");
    boolean retries = http.has("retries");
    time(
        written.at("backendRequest"),
        retries ? (ObjectNode) http.get("retries") : http,
        retries ? "perTryTimeout" : "timeout");
  }

  private static void time(SpecNode written, ObjectNode target, String field) {
    written
        .text()
        .filter(text -> !text.matches("(0+(\\.0+)?(h|ms|m|s|us|ns)?)+"))
        .ifPresent(text -> target.put(field, text));
  }
}
