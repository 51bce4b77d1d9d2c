package theater.mesh.explain.diff;

import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.function.UnaryOperator;
import theater.mesh.explain.diff.Facts.Place;

/// The endpoints of a cluster: who, with which weight and priority.
final class EndpointFacts {
  private EndpointFacts() {}

  /// @param names the pod at an `address:port`
  static Facts of(ClusterLoadAssignment assignment, UnaryOperator<String> names) {
    Facts facts = new Facts();
    for (LocalityLbEndpoints locality : assignment.getEndpointsList()) {
      for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
        SocketAddress socket = endpoint.getEndpoint().getAddress().getSocketAddress();
        boolean mutual =
            endpoint.getMetadata().containsFilterMetadata("envoy.transport_socket_match");
        facts.put(
            Place.WHOLE,
            "endpoint " + names.apply(socket.getAddress() + ":" + socket.getPortValue()),
            "weight "
                + endpoint.getLoadBalancingWeight().getValue()
                + (locality.getPriority() > 0 ? ", priority " + locality.getPriority() : "")
                + (mutual ? ", mTLS" : ", plaintext"));
      }
    }
    return facts;
  }
}
