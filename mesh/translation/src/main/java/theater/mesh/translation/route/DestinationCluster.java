package theater.mesh.translation.route;

import java.util.List;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.spec.SpecNode;

/// The cluster that a `destination` means. An unknown host or subset keeps its share: its cluster
/// is missing, so Envoy answers 503 for it.
public final class DestinationCluster {
  static final List<String> FIELDS = List.of("host", "subset", "port.number");

  private DestinationCluster() {}

  static ClusterName of(RouteScope scope, String namespace, SpecNode destination) {
    Sight sight = scope.sight();
    String host = HostName.resolve(destination.at("host").textOr(""), namespace, sight.mesh());
    RegistryService service = sight.registry().find(host).orElse(null);
    int port =
        destination.at("port", "number").unsigned().orElseGet(() -> scope.destinationPort(service));
    return checked(sight, destination, host, service, port);
  }

  /// For a TCP route: unless told otherwise the only port of a service, or else the dialled one.
  public static ClusterName ofTcp(
      Sight sight, String namespace, SpecNode destination, int dialled) {
    String host = HostName.resolve(destination.at("host").textOr(""), namespace, sight.mesh());
    RegistryService service = sight.registry().find(host).orElse(null);
    int usual =
        service != null && service.ports().size() == 1
            ? service.ports().getFirst().number()
            : dialled;
    return checked(
        sight,
        destination,
        host,
        service,
        destination.at("port", "number").unsigned().orElse(usual));
  }

  private static ClusterName checked(
      Sight sight, SpecNode destination, String host, RegistryService service, int port) {
    String subset = destination.at("subset").textOr("");
    if (host.isEmpty()) {
      destination.problem(
          Severity.BROKEN_REFERENCE,
          "is no Service, or one of another namespace without a ReferenceGrant; its share is answered with 500");
    } else if (service == null) {
      destination
          .at("host")
          .problem(
              Severity.BROKEN_REFERENCE,
              "names the unknown host " + host + "; its share is answered with 503");
    } else if (!RouteScope.has(service, port)) {
      destination.problem(
          Severity.BROKEN_REFERENCE,
          host + " has no port " + port + "; its share is answered with 503");
    } else if (!subset.isEmpty()
        && sight
            .destinationRules()
            .forService(service)
            .flatMap(rule -> rule.subset(subset))
            .isEmpty()) {
      destination
          .at("subset")
          .problem(
              Severity.BROKEN_REFERENCE,
              "names the subset "
                  + subset
                  + " that no DestinationRule for "
                  + host
                  + " has; its share is answered with 503");
    }
    return ClusterName.outbound(port, subset, host);
  }
}
