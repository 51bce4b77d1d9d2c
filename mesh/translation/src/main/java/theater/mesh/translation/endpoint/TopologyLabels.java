package theater.mesh.translation.endpoint;

import java.util.HashMap;
import java.util.Map;
import theater.mesh.view.MeshContext;
import theater.mesh.view.Workload;

/// A pod's labels together with where it is, as `failoverPriority` compares them. Of an east-west
/// gateway only the context and the network are known.
final class TopologyLabels {
  private static final String REGION = "topology.kubernetes.io/region";
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final String NETWORK = "topology.istio.io/network";
  private static final String CLUSTER = "topology.istio.io/cluster";

  private TopologyLabels() {}

  static Map<String, String> of(Workload workload, MeshContext context) {
    Map<String, String> result = new HashMap<>(workload.labels());
    Locality locality = Locality.of(workload);
    put(result, REGION, locality.region());
    put(result, ZONE, locality.zone());
    result.putAll(ofGateway(context));
    return result;
  }

  static Map<String, String> ofGateway(MeshContext context) {
    Map<String, String> result = new HashMap<>();
    put(result, CLUSTER, context.name());
    put(result, NETWORK, context.network());
    return result;
  }

  private static void put(Map<String, String> labels, String name, String value) {
    if (value != null && !value.isEmpty()) {
      labels.put(name, value);
    }
  }
}
