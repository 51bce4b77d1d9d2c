package theater.mesh.view;

import java.util.Map;

/// A pod, as far as the mesh cares.
///
/// @param sidecar whether an Envoy stands before it, so that it can speak mTLS
/// @param region and zone: the locality, from its node's labels `topology.kubernetes.io/region` and
///   `…/zone`
public record Workload(
    String context,
    String namespace,
    String name,
    String ip,
    String serviceAccount,
    Map<String, String> labels,
    boolean sidecar,
    String region,
    String zone) {

  public Workload {
    labels = Map.copyOf(labels);
  }
}
