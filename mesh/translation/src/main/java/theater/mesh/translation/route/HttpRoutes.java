package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.Origin;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.spec.SpecNode;

/// The `http` rules of a VirtualService as Envoy routes, in the order written. What follows a route
/// without conditions is dropped.
final class HttpRoutes {
  /// Headers of the route come before those of its destination, a hash decides about retries.
  private static final List<HttpRouteFeature> FEATURES =
      List.of(
          new Headers(),
          new Rewrite(),
          new Destinations(),
          new Timeout(),
          new Retries(),
          new Fault(),
          new Mirror(),
          new Cors(),
          new Redirect(),
          new DirectResponse());

  private static final List<String> STRUCTURE =
      List.of(
          "hosts[]",
          "gateways[]",
          "exportTo[]",
          "http[].name",
          "http[].delegate.name",
          "http[].delegate.namespace",
          "tcp[].match[].port",
          "tcp[].match[].gateways[]",
          "tcp[].match[].sourceLabels.*",
          "tcp[].match[].sourceNamespace",
          "tcp[].match[].destinationSubnets[]",
          "tcp[].route[].weight",
          "tls[].match[].sniHosts[]",
          "tls[].match[].destinationSubnets[]",
          "tls[].match[].port",
          "tls[].match[].gateways[]",
          "tls[].match[].sourceLabels.*",
          "tls[].match[].sourceNamespace",
          "tls[].route[].weight",
          "tls[].route[].destination.host",
          "tls[].route[].destination.subset",
          "tls[].route[].destination.port.number",
          "tcp[].route[].destination.host",
          "tcp[].route[].destination.subset",
          "tcp[].route[].destination.port.number");

  private HttpRoutes() {}

  static ModelledFields modelledFields() {
    List<String> paths = new ArrayList<>(STRUCTURE);
    FEATURES.forEach(feature -> feature.fields().forEach(field -> paths.add("http[]." + field)));
    Matches.fields().forEach(field -> paths.add("http[].match[]." + field));
    return ModelledFields.of(paths);
  }

  /// The routes of one rule for a scope.
  static List<Route> of(Rule rule, RouteScope where) {
    RouteScope scope = where.forRule(rule);
    List<Route> result = new ArrayList<>();
    for (Delegates.Written written : Delegates.expand(rule, scope)) {
      SpecNode http = written.http();
      if (!result.isEmpty() && Matches.everything(result.getLast().getMatch())) {
        http.problem(Severity.INERT, "is never reached: the rule before it takes everything");
        continue;
      }
      List<SpecNode> matches = http.at("match").items();
      if (matches.isEmpty()) {
        result.add(route(written, SpecNode.absent(http.problems()), scope));
        continue;
      }
      for (SpecNode match : matches) {
        if (Matches.concerns(match, scope, rule.namespace())) {
          Route route = route(written, match, scope);
          result.add(route);
          if (Matches.everything(route.getMatch())) {
            break;
          }
        }
      }
    }
    return result;
  }

  private static Route route(Delegates.Written written, SpecNode match, RouteScope scope) {
    SpecNode http = written.http();
    RouteMatch matched = Matches.of(match, scope.gatewayApi());
    RouteDraft draft = new RouteDraft(scope, written.namespace(), http, match);
    draft
        .route
        .setMatch(matched)
        .setMetadata(origin(written, match, scope.gatewayApi()).metadata());
    String name = http.at("name").textOr("");
    String part = match.at("name").textOr("");
    draft.route.setName(part.isEmpty() ? name : name + "." + part);
    match.at("statPrefix").text().ifPresent(draft.route::setStatPrefix);
    FEATURES.forEach(feature -> feature.apply(draft));
    return draft.build();
  }

  /// The conditions of a delegate's route are made of two places, so none is named.
  private static Origin origin(Delegates.Written written, SpecNode match, boolean made) {
    SpecNode http = written.http();
    if (made) {
      SpecNode origin = http.at(Rule.ORIGIN);
      return Origin.route(
          http.object(),
          http.path(),
          origin.at("match").textOr(""),
          origin.at("destinations").textItems(),
          "");
    }
    return Origin.route(
        http.object(),
        http.path(),
        match.present() && written.root().isEmpty() ? match.path() : "",
        Destinations.taking(http).stream().map(SpecNode::path).toList(),
        written.root());
  }

  /// All calls to one cluster, as without any rule.
  static Route plain(RouteScope scope, ClusterName cluster) {
    RouteDraft draft =
        new RouteDraft(
            scope,
            "",
            SpecNode.absent(scope.sight().problems()),
            SpecNode.absent(scope.sight().problems()));
    draft.route.setName("default").setMatch(RouteMatch.newBuilder().setPrefix("/"));
    draft.action.setCluster(cluster.text());
    new Timeout().apply(draft);
    new Retries().apply(draft);
    HashPolicy.applyToService(scope.sight(), cluster.host(), cluster.port(), draft.action);
    return draft.build();
  }
}
