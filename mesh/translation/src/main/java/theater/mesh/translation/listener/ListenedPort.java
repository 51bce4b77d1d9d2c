package theater.mesh.translation.listener;

import io.envoyproxy.envoy.config.core.v3.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Sight;
import theater.mesh.translation.registry.InboundPort;
import theater.mesh.translation.registry.Protocol;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.rule.TrafficPolicy;

/// A port at which a sidecar takes calls for its application.
///
/// @param address where it listens
/// @param service whose rules act
/// @param application where the calls go; empty when nobody can tell, and then they fail
record ListenedPort(
    int number,
    String address,
    Protocol protocol,
    RegistryService service,
    TrafficPolicy policy,
    Optional<Address> application) {

  /// Those that Services lead to, or those that the Sidecar declares and no others.
  static List<ListenedPort> of(Sight sight) {
    List<ListenedPort> found =
        InboundPort.of(sight.everything(), sight.proxy().workload()).stream()
            .map(port -> ofService(port, sight))
            .toList();
    if (sight.scope().ingress().isEmpty()) {
      return found;
    }
    List<ListenedPort> result = new ArrayList<>(SidecarIngress.of(sight, found));
    if (!sight.redirecting()) {
      found.stream()
          .filter(port -> result.stream().noneMatch(declared -> declared.number == port.number))
          .map(port -> port.passedThrough(sight))
          .toList()
          .forEach(result::add);
    }
    return result;
  }

  private static ListenedPort ofService(InboundPort port, Sight sight) {
    return new ListenedPort(
        port.target(),
        sight.proxy().addresses().inbound(),
        Protocol.of(port.port()),
        port.service(),
        policy(sight, port.service(), port.port().number(), port.target()),
        Optional.of(Sockets.address(sight.proxy().addresses().application(), port.target())));
  }

  /// A port that the Sidecar does not declare. With redirection every such call passes by the rules
  /// through one listener for all; without it the port keeps one of its own to that end.
  private ListenedPort passedThrough(Sight sight) {
    return new ListenedPort(
        number,
        address,
        Protocol.SNIFFED,
        service,
        TrafficPolicy.none(sight.problems()),
        application);
  }

  /// A DestinationRule for its service limits the server side, too; a pool of the Sidecar takes the
  /// place of the rule's.
  static TrafficPolicy policy(Sight sight, RegistryService service, int servicePort, int number) {
    TrafficPolicy written =
        sight
            .destinationRules()
            .forServer(service)
            .map(rule -> rule.policy(servicePort))
            .orElse(TrafficPolicy.none(sight.problems()));
    return sight
        .scope()
        .inboundConnectionPool(number)
        .map(pool -> written.with("connectionPool", pool))
        .orElse(written);
  }
}
