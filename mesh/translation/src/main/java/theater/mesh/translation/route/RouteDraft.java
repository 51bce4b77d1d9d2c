package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import theater.mesh.translation.spec.SpecNode;

/// An Envoy route while features work on it. A redirect or direct response has no [#action].
final class RouteDraft {
  final RouteScope scope;
  final String namespace;
  final SpecNode http;
  final SpecNode match;
  final Route.Builder route = Route.newBuilder();
  final RouteAction.Builder action = RouteAction.newBuilder();
  boolean consistentHash;

  RouteDraft(RouteScope scope, String namespace, SpecNode http, SpecNode match) {
    this.scope = scope;
    this.namespace = namespace;
    this.http = http;
    this.match = match;
  }

  Route build() {
    if (!route.hasRedirect() && !route.hasDirectResponse()) {
      if (action.getClusterSpecifierCase()
          == RouteAction.ClusterSpecifierCase.CLUSTERSPECIFIER_NOT_SET) {
        route.getDirectResponseBuilder().setStatus(503); // Envoy takes no action without a cluster
      } else {
        route.setRoute(action);
      }
    }
    return route.build();
  }
}
