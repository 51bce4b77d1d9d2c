package theater.mesh.view;

import java.util.List;
import java.util.Map;

/// A Kubernetes Service in one context.
///
/// @param context where it was found
/// @param clusterIp `None` when headless
/// @param externalAddresses load-balancer or external IPs; not empty for gateways that the outside
///   reaches
/// @param selector empty when the Service selects nothing
public record Service(
    String context,
    String namespace,
    String name,
    String clusterIp,
    List<String> externalAddresses,
    Map<String, String> labels,
    Map<String, String> selector,
    List<ServicePort> ports) {

  public Service {
    externalAddresses = List.copyOf(externalAddresses);
    labels = Map.copyOf(labels);
    selector = Map.copyOf(selector);
    ports = List.copyOf(ports);
  }

  /// `user-service.theater-msa.svc.cluster.local`
  public String host(MeshSettings mesh) {
    return name + "." + namespace + ".svc." + mesh.domainSuffix();
  }
}
