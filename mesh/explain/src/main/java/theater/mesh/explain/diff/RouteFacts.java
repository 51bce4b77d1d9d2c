package theater.mesh.explain.diff;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import theater.mesh.explain.diff.Facts.Place;
import theater.mesh.explain.held.Held;
import theater.mesh.explain.walk.Actions;
import theater.mesh.explain.walk.Conditions;
import theater.mesh.explain.walk.Explanation.Action;
import theater.mesh.translation.Origin;
import theater.mesh.translation.names.ClusterName;

/// What a route configuration says: for each virtual host its domains, and for each route what it
/// does.
final class RouteFacts {
  private final Facts facts = new Facts();

  private RouteFacts() {}

  static Facts of(RouteConfiguration routes) {
    RouteFacts result = new RouteFacts();
    routes.getTypedPerFilterConfigMap().forEach(result::policies);
    for (VirtualHost host : routes.getVirtualHostsList()) {
      result.host(host);
    }
    return result.facts;
  }

  private void policies(String filter, Any packed) {
    if (!packed.is(RBACPerRoute.class)) {
      facts.put(Place.WHOLE, filter, Integer.toHexString(packed.hashCode()));
      return;
    }
    RBAC rules = Held.unpack(packed, RBACPerRoute.class).getRbac().getRules();
    String action = rules.getAction().name().toLowerCase(Locale.ROOT);
    rules
        .getPoliciesMap()
        .forEach((name, policy) ->
            facts.put(
                Place.WHOLE,
                "policy " + name,
                action + " " + Shortened.of(JsonFacts.text(policy))));
    if (rules.getPoliciesCount() == 0) {
      facts.put(Place.WHOLE, "policy " + action, "nobody");
    }
  }

  private void host(VirtualHost host) {
    Place whole = new Place(host.getName(), "", "", "");
    facts.put(whole, "domains", String.join(", ", host.getDomainsList()));
    if (host.getRequireTls() != VirtualHost.TlsRequirementType.NONE) {
      facts.put(whole, "https-only", "true");
    }
    for (int i = 0; i < host.getRoutesCount(); i++) {
      Route route = host.getRoutes(i);
      Origin origin = Origin.of(route.getMetadata());
      Place place =
          facts.free(
              new Place(
                  host.getName(),
                  Conditions.text(route.getMatch()),
                  origin.object(),
                  origin.place()));
      facts.put(place, "position", Integer.toString(i + 1));
      facts.put(
          place, "rule", origin.object() + (origin.place().isEmpty() ? "" : " " + origin.place()));
      route(place, route);
    }
  }

  private void route(Place place, Route route) {
    Action action = Actions.of(route, null);
    if (route.hasRoute()) {
      destinations(place, route.getRoute());
      facts.put(place, "timeout", action.timeout());
      if (action.retries() != null) {
        facts.put(
            place,
            "retries",
            action.retries().attempts()
                + "× "
                + action.retries().on()
                + action.retries().codes().stream()
                    .map(code -> " " + code)
                    .collect(Collectors.joining())
                + (action.retries().perTry().isEmpty()
                    ? ""
                    : " per try " + action.retries().perTry()));
      }
    }
    if (action.delay() != null) {
      facts.put(place, "delay", action.delay().time() + ", " + percent(action.delay().percent()));
    }
    if (action.abort() != null) {
      facts.put(
          place,
          "abort",
          (action.abort().grpc() == null
                  ? "HTTP " + action.abort().status()
                  : "gRPC " + action.abort().grpc())
              + ", "
              + percent(action.abort().percent()));
    }
    if (action.redirect() != null) {
      facts.put(place, "redirect", action.redirect().status() + " " + action.redirect().location());
    }
    if (action.directResponse() != null) {
      facts.put(place, "answer", Integer.toString(action.directResponse().status()));
    }
    if (action.rewrite() != null) {
      facts.put(
          place, "rewrite", (action.rewrite().host() + " " + action.rewrite().path()).strip());
    }
    action
        .mirrors()
        .forEach(
            copy -> facts.put(place, "mirror " + cluster(copy.cluster()), percent(copy.percent())));
    facts.put(place, "headers", String.join("; ", action.headers()));
    facts.put(place, "hash", action.hash());
    Any cors = route.getTypedPerFilterConfigMap().get("envoy.filters.http.cors");
    if (cors != null) {
      facts.put(place, "cors", Shortened.of(JsonFacts.text(cors)));
    }
  }

  private void destinations(Place place, RouteAction action) {
    if (!action.hasWeightedClusters()) {
      facts.put(place, "weight " + cluster(action.getCluster()), percent(100));
      return;
    }
    Map<String, Double> shares =
        action.getWeightedClusters().getClustersList().stream()
            .collect(
                Collectors.groupingBy(
                    it -> cluster(it.getName()),
                    java.util.LinkedHashMap::new,
                    Collectors.summingDouble(RouteFacts::weight)));
    double total = shares.values().stream().mapToDouble(it -> it).sum();
    shares.forEach(
        (name, weight) -> facts.put(place, "weight " + name, percent(100 * weight / total)));
    for (ClusterWeight share : action.getWeightedClusters().getClustersList()) {
      facts.put(
          place,
          "headers " + cluster(share.getName()),
          share.getRequestHeadersToAddList().stream()
              .map(it -> "> " + it.getHeader().getKey() + ": " + it.getHeader().getValue())
              .collect(Collectors.joining("; ")));
    }
  }

  private static double weight(ClusterWeight share) {
    return share.getWeight().getValue();
  }

  /// The subset, or the host when there is none.
  static String cluster(String name) {
    return ClusterName.parse(name)
        .map(it -> it.subset().isEmpty() ? it.host() + ":" + it.port() : it.subset())
        .orElse(name);
  }

  static String percent(double share) {
    return (share == Math.rint(share)
            ? Long.toString((long) share)
            : String.format(Locale.ROOT, "%.4f", share).replaceAll("0+$", ""))
        + " %";
  }
}
