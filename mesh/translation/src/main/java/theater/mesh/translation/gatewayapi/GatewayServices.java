package theater.mesh.translation.gatewayapi;

import java.util.List;
import java.util.TreeSet;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshView;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;

/// The Services that a Gateway stands for: those that `spec.addresses` names, or the one that Istio
/// would make for it.
final class GatewayServices {
  private static final String HOSTNAME = "Hostname";

  private final MeshView view;
  private final Rule gateway;

  GatewayServices(MeshView view, Rule gateway) {
    this.view = view;
    this.gateway = gateway;
  }

  /// Whether Istio would make the gateway's pods: unless `spec.addresses` names a Service.
  static boolean managed(Rule gateway) {
    List<SpecNode> addresses = gateway.spec().at("addresses").items();
    return addresses.isEmpty()
        || addresses.size() == 1
            && !addresses.getFirst().at("type").textOr("IPAddress").equals(HOSTNAME);
  }

  /// The Service that Istio would make.
  static String ownName(Rule gateway) {
    String own = gateway.object().annotations().get("gateway.istio.io/name-override");
    return own != null
        ? own
        : gateway.object().name() + "-" + gateway.spec().at("gatewayClassName").textOr("istio");
  }

  /// In full.
  List<String> hosts() {
    String suffix = "." + gateway.namespace() + ".svc." + view.mesh().domainSuffix();
    if (managed(gateway)) {
      return List.of(ownName(gateway) + suffix);
    }
    return gateway.spec().at("addresses").items().stream()
        .filter(address -> address.at("type").textOr(HOSTNAME).equals(HOSTNAME))
        .map(address -> address.at("value").textOr(""))
        .map(value -> value.contains(".") ? value : value + suffix)
        .toList();
  }

  /// Addresses that are no names: they are left out.
  List<String> skipped() {
    return managed(gateway)
        ? List.of()
        : gateway.spec().at("addresses").items().stream()
            .filter(address -> !address.at("type").textOr(HOSTNAME).equals(HOSTNAME))
            .map(address -> address.at("value").textOr(""))
            .toList();
  }

  /// Where the gateway can be reached.
  ///
  /// @param programmed `HOST:PORT` with somebody behind it
  /// @param addresses from outside if there are any, else the hosts
  /// @param warnings what is wrong, in Istio's words
  /// @param usable whether what is wrong may pass by itself
  record Found(
      List<String> programmed, List<String> addresses, List<String> warnings, boolean usable) {}

  /// Looks the Services up.
  ///
  /// @param ports of the listeners
  Found find(List<Integer> ports) {
    TreeSet<String> programmed = new TreeSet<>();
    TreeSet<String> outside = new TreeSet<>();
    TreeSet<String> names = new TreeSet<>();
    TreeSet<String> warnings = new TreeSet<>();
    boolean usable = true;
    for (String host : hosts()) {
      List<Service> found =
          view.services().stream().filter(one -> one.host(view.mesh()).equals(host)).toList();
      if (found.isEmpty() || !found.getFirst().namespace().equals(gateway.namespace())) {
        warnings.add(
            "hostname \""
                + host
                + "\" not found"
                + (found.isEmpty()
                    ? ""
                    : " in namespace \"%s\", but it was found in namespace(s) \"%s\""
                        .formatted(gateway.namespace(), found.getFirst().namespace())));
        usable = false;
        continue;
      }
      for (int port : ports) {
        if (behind(found.getFirst(), port)) {
          programmed.add(host + ":" + port);
          names.add(host);
          found.forEach(service -> outside.addAll(service.externalAddresses()));
        } else if (endpoints(found.getFirst()).isEmpty()) {
          warnings.add("no instances found for hostname \"" + host + "\"");
        } else {
          warnings.add(
              "port " + port + " not found for hostname \"" + host + "\"" + hint(found, port));
          usable = false;
        }
      }
    }
    return new Found(
        List.copyOf(programmed),
        List.copyOf(outside.isEmpty() ? names : outside),
        List.copyOf(warnings),
        usable);
  }

  private List<Endpoint> endpoints(Service service) {
    return view.endpoints().stream()
        .filter(endpoint ->
            endpoint.ready()
                && endpoint.serviceNamespace().equals(service.namespace())
                && endpoint.serviceName().equals(service.name()))
        .toList();
  }

  private boolean behind(Service service, int port) {
    return service.ports().stream()
        .filter(known -> known.number() == port)
        .map(ServicePort::name)
        .anyMatch(name ->
            endpoints(service).stream().anyMatch(endpoint -> endpoint.portName().equals(name)));
  }

  private String hint(List<Service> found, int port) {
    List<Integer> meant =
        endpoints(found.getFirst()).stream()
            .filter(endpoint -> endpoint.port() == port)
            .flatMap(endpoint ->
                found.getFirst().ports().stream()
                    .filter(known -> known.name().equals(endpoint.portName()))
                    .map(ServicePort::number))
            .distinct()
            .sorted()
            .toList();
    return meant.isEmpty()
        ? ""
        : " (hint: the service port should be specified, not the workload port. Did you mean one of these ports: %s?)"
            .formatted(meant);
  }
}
