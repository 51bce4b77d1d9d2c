package theater.mesh.translation.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ConfigObject;

/// Istio's rules for ServiceEntry; [WorkloadEntryCheck] has those of one endpoint.
final class ServiceEntryCheck {
  private ServiceEntryCheck() {}

  static void check(ConfigObject object, SpecNode spec, Complaints complaints) {
    SpecNode selector = spec.at("workloadSelector");
    List<String> wild = Labels.wildcards(selector.at("labels"));
    if (!wild.isEmpty()) {
      wild.forEach(complaints::add);
      return;
    }
    complaints.warnIf(
        selector.present() && selector.at("labels").entries().isEmpty(),
        "service entry: workload selector specified without labels, will be applied to all services in namespace");
    String resolution = spec.at("resolution").textOr("NONE");
    complaints.addIf(
        selector.present() && !spec.at("endpoints").items().isEmpty(),
        "only one of WorkloadSelector or Endpoints is allowed in Service Entry");
    hosts(spec.at("hosts").textItems(), resolution, complaints);
    List<String> addresses = spec.at("addresses").textItems();
    addresses.forEach(address -> complaints.addGiven(Addresses.subnet(address)));
    complaints.addIf(
        addresses.stream().anyMatch(address -> address.contains("/"))
            && !List.of("NONE", "STATIC").contains(resolution),
        "CIDR addresses are allowed only for NONE/STATIC resolution types");
    Set<String> ports = ports(spec.at("ports").items(), complaints);
    resolution(spec, resolution, ports, complaints);
    if (!resolution.equals("NONE") && spec.at("hosts").items().size() > 1) {
      boolean distinguished =
          spec.at("ports").items().stream()
              .map(Rules::protocol)
              .allMatch(protocol -> Rules.HTTP.contains(protocol) || Rules.TLS.contains(protocol));
      complaints.addIf(!distinguished, "multiple hosts provided with non-HTTP, non-TLS ports");
    }
    Rules.exportTo(spec, object.namespace(), true, false, complaints);
  }

  private static void hosts(List<String> hosts, String resolution, Complaints complaints) {
    complaints.addIf(hosts.isEmpty(), "service entry must have at least one host");
    for (String host : hosts) {
      if (host.equals("*")) {
        complaints.add("invalid host *");
        continue;
      }
      complaints.addGiven(Domains.wild(host));
      String partial = Domains.partialWildcard(host);
      complaints.warnIf(!resolution.equals("DYNAMIC_DNS") && !partial.isEmpty(), partial);
    }
  }

  private static Set<String> ports(List<SpecNode> ports, Complaints complaints) {
    Set<String> names = new HashSet<>();
    Set<Long> numbers = new HashSet<>();
    for (SpecNode port : ports) {
      String name = port.at("name").textOr("");
      long number = port.at("number").whole().orElse(0);
      complaints.addIf(
          !names.add(name), "service entry port name \"" + name + "\" already defined");
      complaints.addIf(!numbers.add(number), "service entry port " + number + " already defined");
      if (port.at("targetPort").whole().orElse(0) != 0) {
        complaints.addGiven(Addresses.port(port.at("targetPort")));
      }
      Rules.portName(name, complaints);
      Rules.protocol(port, complaints);
      complaints.addGiven(Addresses.port(number));
    }
    return names;
  }

  private static void resolution(
      SpecNode spec, String resolution, Set<String> ports, Complaints complaints) {
    List<SpecNode> endpoints = spec.at("endpoints").items();
    switch (resolution) {
      case "NONE" -> {
        complaints.addIf(
            !endpoints.isEmpty(), "no endpoints should be provided for resolution type none");
        complaints.warnIf(
            spec.at("workloadSelector").present(),
            "workloadSelector should not be set when resolution mode is NONE");
      }
      case "STATIC" ->
          endpoints.forEach(
              endpoint -> WorkloadEntryCheck.check(endpoint, ports, false, complaints));
      case "DNS", "DNS_ROUND_ROBIN" -> dns(spec, resolution, endpoints, ports, complaints);
      case "DYNAMIC_DNS" -> dynamic(spec, resolution, endpoints, complaints);
      default -> complaints.add("unsupported resolution type " + resolution);
    }
  }

  private static void dns(
      SpecNode spec,
      String resolution,
      List<SpecNode> endpoints,
      Set<String> ports,
      Complaints complaints) {
    List<String> hosts = spec.at("hosts").textItems();
    for (String host : endpoints.isEmpty() ? hosts : List.<String>of()) {
      String wrong = Domains.whole(host);
      if (!wrong.isEmpty()) {
        complaints.add(
            "hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode "
                + resolution
                + ", "
                + wrong);
        break;
      }
    }
    complaints.addIf(
        resolution.equals("DNS_ROUND_ROBIN") && endpoints.size() > 1,
        "there must only be 0 or 1 endpoint for resolution mode " + resolution);
    for (SpecNode endpoint : endpoints) {
      WorkloadEntryCheck.address(endpoint.at("address").textOr(""), complaints);
      Labels.check(endpoint.at("labels"), complaints);
      WorkloadEntryCheck.ports(endpoint, ports, complaints);
    }
    complaints.warnIf(
        !spec.at("addresses").items().isEmpty()
            && hosts.size() > 1
            && spec.at("ports").items().stream().anyMatch(port -> Rules.tcp(Rules.protocol(port))),
        "service entry can not have more than one host specified simultaneously with address and tcp port");
  }

  private static void dynamic(
      SpecNode spec, String resolution, List<SpecNode> endpoints, Complaints complaints) {
    String of = " for resolution type " + resolution;
    for (String host : spec.at("hosts").textItems()) {
      complaints.addIf(
          !host.startsWith("*"), "host must be wildcarded for resolution mode " + resolution);
    }
    complaints.addIf(
        !spec.at("addresses").items().isEmpty(),
        "addresses cannot be set"
            + of
            + ". HTTP route domains will only be generatedfrom the hosts field values");
    complaints.addIf(
        !endpoints.isEmpty(),
        "endpoints cannot be set"
            + of
            + ". Destination IP address determined from hostsfield values");
    for (SpecNode port : spec.at("ports").items()) {
      complaints.addIf(
          !List.of("HTTP", "TLS").contains(Rules.protocol(port)),
          "only HTTP and TLS protocol is supported" + of);
    }
    complaints.addIf(
        !spec.at("location").textOr("MESH_EXTERNAL").equals("MESH_EXTERNAL"),
        "location must be MESH_EXTERNAL" + of);
  }
}
