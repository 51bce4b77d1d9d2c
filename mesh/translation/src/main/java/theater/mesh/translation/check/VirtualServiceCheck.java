package theater.mesh.translation.check;

import java.util.List;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.rule.VirtualServices;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ConfigObject;

/// Istio's rules for VirtualService as a whole; [HttpRouteCheck] has those of one HTTP route,
/// [Layer4RouteCheck] those of a TCP or TLS route.
final class VirtualServiceCheck {
  private VirtualServiceCheck() {}

  static void check(ConfigObject object, SpecNode spec, Complaints complaints) {
    List<SpecNode> http = spec.at("http").items();
    List<SpecNode> tcp = spec.at("tcp").items();
    List<SpecNode> tls = spec.at("tls").items();
    boolean delegate = spec.at("hosts").items().isEmpty();
    List<String> gateways = spec.at("gateways").textItems();
    boolean onGateway = !gateways.isEmpty() && !gateways.contains(VirtualServices.MESH);
    if (delegate) {
      complaints.addIf(
          !gateways.isEmpty(), "delegate virtual service must have no gateways specified");
      complaints.addIf(!tls.isEmpty(), "delegate virtual service must have no tls route specified");
      complaints.addIf(!tcp.isEmpty(), "delegate virtual service must have no tcp route specified");
    }
    gateways(gateways, complaints);
    if (!onGateway) {
      http.forEach(route -> HttpMatchCheck.claims(route, gateways, complaints));
    }
    hosts(spec, onGateway, complaints);
    complaints.addIf(
        http.isEmpty() && tcp.isEmpty() && tls.isEmpty(),
        "http, tcp or tls must be provided in virtual service");
    http.forEach(route -> HttpRouteCheck.check(route, delegate, complaints));
    tls.forEach(route -> Layer4RouteCheck.tls(route, spec, onGateway, complaints));
    tcp.forEach(route -> Layer4RouteCheck.tcp(route, complaints));
    Rules.exportTo(spec, object.namespace(), false, false, complaints);
    UnusedRules.check(http, complaints);
    UnusedRules.check(tcp, complaints);
    UnusedRules.check(tls, complaints);
    UnusedRules.prefixes(http, complaints);
  }

  /// Names of gateways as rules and matches write them.
  static void gateways(List<String> names, Complaints complaints) {
    for (String name : names) {
      int slash = name.indexOf('/');
      if (slash < 0) {
        String[] parts = name.split("\\.", -1);
        complaints.warnIf(
            parts.length > 1,
            "using legacy gatewayName format \""
                + name
                + "\"; prefer the <namespace>/<name> format: \""
                + (parts.length > 1 ? parts[1] : "")
                + "/"
                + parts[0]
                + "\"");
        complaints.addGiven(Domains.whole(name));
        // Istio looks no further after a name without a namespace.
        return;
      }
      String namespace = name.substring(0, slash);
      String gateway = name.substring(slash + 1);
      complaints.addIf(
          namespace.isEmpty() || gateway.isEmpty(),
          "config namespace and gateway name cannot be empty");
      complaints.addIf(
          !Domains.label(namespace), "invalid value for namespace: \"" + namespace + "\"");
      complaints.addIf(
          !Domains.label(gateway), "invalid value for gateway name: \"" + gateway + "\"");
    }
  }

  private static void hosts(SpecNode spec, boolean onGateway, Complaints complaints) {
    List<String> hosts = spec.at("hosts").textItems();
    boolean sni =
        spec.at("tls").items().stream()
            .flatMap(route -> route.at("match").items().stream())
            .anyMatch(match -> !match.at("sniHosts").items().isEmpty());
    boolean valid = true;
    for (String host : hosts) {
      String wrong = onGateway ? Domains.onGateway(sni, host) : Domains.wild(host);
      if (!wrong.isEmpty() && !Addresses.ip(host)) {
        complaints.add(wrong);
        valid = false;
      } else if (!onGateway && host.equals("*")) {
        complaints.add(
            "wildcard host * is not allowed for virtual services bound to the mesh gateway");
        valid = false;
      }
    }
    for (int i = 0; valid && i < hosts.size(); i++) {
      for (int j = i + 1; j < hosts.size(); j++) {
        complaints.addIf(
            HostName.overlap(hosts.get(i), hosts.get(j)),
            "duplicate hosts in virtual service: " + hosts.get(i) + " & " + hosts.get(j));
      }
    }
  }
}
