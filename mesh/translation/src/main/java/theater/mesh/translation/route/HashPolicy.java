package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.rule.TrafficPolicy;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// What a consistent hash is taken of. Istio: DestinationRule loadBalancer.consistentHash; Envoy:
/// RouteAction.hash_policy.
final class HashPolicy {
  private HashPolicy() {}

  static void apply(Sight sight, ClusterName cluster, RouteAction.Builder action) {
    SpecNode hash = policy(sight, cluster).section("loadBalancer").at("consistentHash");
    hash.at("httpHeaderName")
        .text()
        .ifPresent(name -> action.addHashPolicyBuilder().getHeaderBuilder().setHeaderName(name));
    hash.at("httpQueryParameterName")
        .text()
        .ifPresent(name -> action.addHashPolicyBuilder().getQueryParameterBuilder().setName(name));
    if (hash.at("useSourceIp").flag()) {
      action.addHashPolicyBuilder().getConnectionPropertiesBuilder().setSourceIp(true);
    }
    SpecNode cookie = hash.at("httpCookie");
    if (cookie.present()) {
      var written =
          action
              .addHashPolicyBuilder()
              .getCookieBuilder()
              .setName(cookie.at("name").textOr(""))
              .setPath(cookie.at("path").textOr(""));
      cookie.at("ttl").duration().ifPresent(time -> written.setTtl(GoDuration.proto(time)));
    }
  }

  private static TrafficPolicy policy(Sight sight, ClusterName cluster) {
    return sight
        .registry()
        .find(cluster.host())
        .flatMap(service -> sight.destinationRules().forService(service))
        .map(rule ->
            rule.subset(cluster.subset())
                .map(subset -> rule.policy(cluster.port(), subset))
                .orElseGet(() -> rule.policy(cluster.port())))
        .orElseGet(() -> TrafficPolicy.none(sight.problems()));
  }
}
