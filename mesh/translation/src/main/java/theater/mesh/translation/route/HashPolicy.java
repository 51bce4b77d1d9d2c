package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.CookieAttribute;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.DestinationRule;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// What a consistent hash is taken of. Istio: DestinationRule loadBalancer.consistentHash; Envoy:
/// RouteAction.hash_policy. Other than in clusters, a port's or subset's policy without a hash does
/// not take away the rule's.
final class HashPolicy {
  private static final int NO_PORT = -1;

  private HashPolicy() {}

  /// For a destination as written. A port's policy acts only where the destination names the port.
  ///
  /// @return whether there is a hash
  static boolean apply(
      Sight sight, String host, String subset, SpecNode port, RouteAction.Builder action) {
    SpecNode nothing = SpecNode.absent(sight.problems());
    DestinationRule rule = rule(sight, host);
    if (rule == null) {
      return false;
    }
    int number = port.present() ? (int) port.at("number").whole().orElse(NO_PORT) : NO_PORT;
    SpecNode own = rule.trafficPolicy();
    SpecNode part = rule.subset(subset).map(found -> found.trafficPolicy()).orElse(nothing);
    for (SpecNode hash :
        new SpecNode[] {ofPort(part, number), of(part), ofPort(own, number), of(own)}) {
      if (hash.present()) {
        return write(hash, action);
      }
    }
    return false;
  }

  /// For a service that no rule routes.
  static void applyToService(Sight sight, String host, int port, RouteAction.Builder action) {
    DestinationRule rule = rule(sight, host);
    if (rule != null) {
      SpecNode ofPort = ofPort(rule.trafficPolicy(), port);
      write(ofPort.present() ? ofPort : of(rule.trafficPolicy()), action);
    }
  }

  private static DestinationRule rule(Sight sight, String host) {
    return sight
        .registry()
        .find(host)
        .flatMap(service -> sight.destinationRules().forService(service))
        .orElse(null);
  }

  private static SpecNode of(SpecNode policy) {
    return policy.at("loadBalancer", "consistentHash");
  }

  private static SpecNode ofPort(SpecNode policy, int port) {
    for (SpecNode level : policy.at("portLevelSettings").items()) {
      if (level.at("port", "number").whole().orElse(NO_PORT - 1) == port) {
        return of(level);
      }
    }
    return SpecNode.absent(policy.problems());
  }

  private static boolean write(SpecNode hash, RouteAction.Builder action) {
    SpecNode cookie = hash.at("httpCookie");
    if (!hash.at("httpHeaderName").textOr("").isEmpty()) {
      String name = hash.at("httpHeaderName").textOr("");
      action.addHashPolicyBuilder().getHeaderBuilder().setHeaderName(name);
    } else if (!hash.at("httpQueryParameterName").textOr("").isEmpty()) {
      String name = hash.at("httpQueryParameterName").textOr("");
      action.addHashPolicyBuilder().getQueryParameterBuilder().setName(name);
    } else if (hash.at("useSourceIp").flag()) {
      action.addHashPolicyBuilder().getConnectionPropertiesBuilder().setSourceIp(true);
    } else if (!cookie.at("name").textOr("").isEmpty()) {
      var written =
          action
              .addHashPolicyBuilder()
              .getCookieBuilder()
              .setName(cookie.at("name").textOr(""))
              .setPath(cookie.at("path").textOr(""));
      GoDuration.parse(cookie.at("ttl").textOr(""))
          .ifPresent(time -> written.setTtl(GoDuration.proto(time)));
      for (SpecNode attribute : cookie.at("attributes").items()) {
        written.addAttributes(
            CookieAttribute.newBuilder()
                .setName(attribute.at("name").textOr(""))
                .setValue(attribute.at("value").textOr("")));
      }
    }
    return hash.present();
  }
}
