package theater.mesh.xds;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import theater.mesh.view.ListenAddresses;
import theater.mesh.view.Service;

/// Where a proxy without traffic redirection listens: it has a /24 of loopback addresses of its
/// own, and takes calls to the Service with ClusterIP a.b.0.S at a.b.P.S. The same last octet, so
/// that names resolve without asking anybody; this room must not know the laptop's address plan,
/// whose rule it is.
///
/// @param podIp the first of INSTANCE_IPS
/// @param application APP_ADDRESS, where the application listens
/// @param listen LISTEN, further addresses of a gateway's port
record LoopbackAddresses(String podIp, String application, Map<String, List<String>> listen)
    implements ListenAddresses {

  @Override
  public Optional<String> outbound(Service service) {
    String clusterIp = service.clusterIp();
    return sameContext(clusterIp)
        ? Optional.of(
            podIp.substring(0, podIp.lastIndexOf('.'))
                + clusterIp.substring(clusterIp.lastIndexOf('.')))
        : Optional.empty();
  }

  @Override
  public String inbound() {
    return podIp;
  }

  @Override
  public List<String> gateway(int port) {
    List<String> further = listen.getOrDefault(Integer.toString(port), List.of());
    return Stream.concat(Stream.of(podIp + ":" + port), further.stream()).toList();
  }

  /// A ClusterIP of the other context, or none at all, has no listener here.
  private boolean sameContext(String clusterIp) {
    String[] service = clusterIp.split("\\.");
    String[] pod = podIp.split("\\.");
    return service.length == 4
        && pod.length == 4
        && service[0].equals(pod[0])
        && service[1].equals(pod[1])
        && service[2].equals("0");
  }
}
