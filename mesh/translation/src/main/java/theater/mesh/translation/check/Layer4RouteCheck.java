package theater.mesh.translation.check;

import java.util.List;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for a TCP or TLS route of a VirtualService.
final class Layer4RouteCheck {
  private Layer4RouteCheck() {}

  static void tcp(SpecNode route, Complaints complaints) {
    route.at("match").items().forEach(match -> match(match, complaints));
    destinations(route, "TCP", complaints);
  }

  static void tls(SpecNode route, SpecNode spec, boolean onGateway, Complaints complaints) {
    complaints.addIf(
        route.at("match").items().isEmpty(), "TLS route must have at least one match condition");
    for (SpecNode match : route.at("match").items()) {
      List<String> names = match.at("sniHosts").textItems();
      complaints.addIf(names.isEmpty(), "TLS match must have at least one SNI host");
      names.forEach(name -> sni(name, spec.at("hosts").textItems(), onGateway, complaints));
      match(match, complaints);
    }
    destinations(route, "TLS", complaints);
  }

  private static void sni(
      String name, List<String> hosts, boolean onGateway, Complaints complaints) {
    String wrong = onGateway ? Domains.onGateway(true, name) : Domains.wild(name);
    if (!wrong.isEmpty()) {
      if (Addresses.ip(name)) {
        complaints.warn(
            "using an IP address (\""
                + name
                + "\") goes against SNI spec and most clients do not support this");
      } else {
        complaints.add(wrong);
      }
      return;
    }
    complaints.addIf(
        hosts.stream().noneMatch(host -> HostName.covers(host, name)),
        "SNI host \""
            + name
            + "\" is not a compatible subset of any of the virtual service hosts: ["
            + String.join(", ", hosts)
            + "]");
  }

  private static void match(SpecNode match, Complaints complaints) {
    match
        .at("destinationSubnets")
        .textItems()
        .forEach(subnet -> complaints.addGiven(Addresses.subnet(subnet)));
    if (match.at("port").whole().orElse(0) != 0) {
      complaints.addGiven(Addresses.port(match.at("port")));
    }
    Labels.check(match.at("sourceLabels"), complaints);
    VirtualServiceCheck.gateways(match.at("gateways").textItems(), complaints);
  }

  private static void destinations(SpecNode route, String protocol, Complaints complaints) {
    List<SpecNode> routes = route.at("route").items();
    complaints.addIf(routes.isEmpty(), protocol + " route is required");
    DestinationCheck.weighted(routes, complaints);
  }
}
