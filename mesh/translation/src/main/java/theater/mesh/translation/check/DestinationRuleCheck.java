package theater.mesh.translation.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ConfigObject;

/// Istio's rules for DestinationRule.
final class DestinationRuleCheck {
  private static final List<String> PARTS =
      List.of("outlierDetection", "connectionPool", "loadBalancer", "tls");

  private DestinationRuleCheck() {}

  static void check(ConfigObject object, SpecNode spec, Complaints complaints) {
    complaints.addGiven(Domains.wild(spec.at("host").textOr("")));
    policy(spec.at("trafficPolicy"), object.namespace(), complaints);
    Set<String> names = new HashSet<>();
    for (SpecNode subset : spec.at("subsets").items()) {
      String name = subset.at("name").textOr("");
      complaints.addIf(!names.add(name), "duplicate subset names: " + name);
      DestinationCheck.subset(name, complaints);
      Labels.check(subset.at("labels"), complaints);
      policy(subset.at("trafficPolicy"), object.namespace(), complaints);
    }
    SpecNode selector = spec.at("workloadSelector");
    Rules.exportTo(spec, object.namespace(), false, selector.present(), complaints);
    Labels.selector(selector, complaints);
  }

  private static void policy(SpecNode policy, String namespace, Complaints complaints) {
    if (!policy.present()) {
      return;
    }
    SpecNode ports = policy.at("portLevelSettings");
    SpecNode tunnel = policy.at("tunnel");
    SpecNode proxyProtocol = policy.at("proxyProtocol");
    if (none(policy)
        && ports.items().isEmpty()
        && !tunnel.present()
        && !proxyProtocol.present()
        && !policy.at("retryBudget").present()) {
      complaints.add("traffic policy must have at least one field");
      return;
    }
    if (tunnel.present() && proxyProtocol.present()) {
      complaints.add("tunnel and proxyProtocol must not be set together");
      return;
    }
    parts(policy, namespace, complaints);
    for (SpecNode port : ports.items()) {
      complaints.addIf(!port.at("port").present(), "portTrafficPolicy must have valid port");
      if (none(port)) {
        complaints.add("port traffic policy must have at least one field");
      } else {
        // Istio drops the warnings of these.
        Complaints level = new Complaints();
        parts(port, namespace, level);
        level.texts().forEach(complaints::add);
      }
    }
    tunnel(tunnel, complaints);
  }

  private static boolean none(SpecNode policy) {
    return PARTS.stream().noneMatch(part -> policy.at(part).present());
  }

  private static void parts(SpecNode policy, String namespace, Complaints complaints) {
    SpecNode outlier = policy.at("outlierDetection");
    outlier(outlier, complaints);
    ConnectionPoolCheck.check(policy.at("connectionPool"), complaints);
    LoadBalancerCheck.check(policy.at("loadBalancer"), outlier.present(), complaints);
    ClientTlsCheck.check(policy.at("tls"), namespace, complaints);
  }

  private static void outlier(SpecNode outlier, Complaints complaints) {
    Rules.duration(outlier.at("baseEjectionTime"), complaints);
    complaints.warnIf(
        outlier.at("consecutiveErrors").whole().orElse(0) != 0,
        "outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or consecutive5xxErrors instead");
    complaints.addIf(
        outlier.at("consecutiveLocalOriginFailures").whole().orElse(0) > 0
            && !outlier.at("splitExternalLocalOriginErrors").flag(),
        "outlier detection consecutive local origin failures is specified, but split external local origin errors is set to false");
    Rules.duration(outlier.at("interval"), complaints);
    Rules.percent(outlier.at("maxEjectionPercent"), complaints);
    Rules.percent(outlier.at("minHealthPercent"), complaints);
  }

  private static void tunnel(SpecNode tunnel, Complaints complaints) {
    if (!tunnel.present()) {
      return;
    }
    String host = tunnel.at("targetHost").textOr("");
    complaints.addIf(
        !List.of("", "CONNECT", "POST").contains(tunnel.at("protocol").textOr("")),
        "tunnel protocol must be \"CONNECT\" or \"POST\"");
    String noName = Domains.whole(host);
    complaints.addIf(
        !noName.isEmpty() && !Addresses.ip(host),
        "tunnel target host must be valid FQDN or IP address: "
            + noName
            + "; "
            + Addresses.address(host));
    String noPort = Addresses.port(tunnel.at("targetPort"));
    complaints.addIf(!noPort.isEmpty(), "tunnel target port is invalid: " + noPort);
  }
}
