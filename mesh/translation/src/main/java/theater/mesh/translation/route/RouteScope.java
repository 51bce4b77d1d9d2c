package theater.mesh.translation.route;

import theater.mesh.translation.Sight;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.rule.Rule;
import theater.mesh.view.ServicePort;

/// Whose routes are being made: a sidecar's for a port, or a gateway's for a server port.
///
/// @param port the port that callers dial
/// @param gateway `namespace/name` of the Gateway, or `mesh`
/// @param tls whether callers speak TLS with the gateway
/// @param gatewayApi whether the rule was an HTTPRoute, whose prefixes are path elements
record RouteScope(Sight sight, int port, String gateway, boolean tls, boolean gatewayApi) {

  RouteScope(Sight sight, int port, String gateway) {
    this(sight, port, gateway, false, false);
  }

  /// The same place for one rule.
  RouteScope forRule(Rule rule) {
    return new RouteScope(sight, port, gateway, tls, rule.ofGatewayApi());
  }

  /// The port of a destination that names none. Istio: a sidecar looks only among services that
  /// have the dialled port, so any other service is taken to have it, too; a gateway takes the only
  /// port of a service.
  int destinationPort(RegistryService service) {
    if (!sight.sidecar() && service != null && service.ports().size() == 1) {
      return service.ports().getFirst().number();
    }
    return port;
  }

  /// Whether a service has this port.
  static boolean has(RegistryService service, int port) {
    return service.ports().stream().map(ServicePort::number).anyMatch(number -> number == port);
  }
}
