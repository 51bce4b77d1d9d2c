package theater.mesh.translation.route;

import theater.mesh.translation.Sight;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.view.ServicePort;

/// Whose routes are being made: a sidecar's for a port, or a gateway's for a server port.
///
/// @param port the port that callers dial
/// @param gateway `namespace/name` of the Gateway, or `mesh`
record RouteScope(Sight sight, int port, String gateway) {

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
