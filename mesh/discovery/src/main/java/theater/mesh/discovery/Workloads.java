package theater.mesh.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import theater.kube.Meta;
import theater.mesh.view.Workload;

/// Pods and their nodes → Workloads.
final class Workloads {
  private final String context;
  private final Map<String, JsonNode> nodes = new HashMap<>();
  private final Map<String, ObjectNode> pods = new HashMap<>();

  Workloads(String context, ContextObjects objects) {
    this.context = context;
    objects.nodes().forEach(node -> nodes.put(Meta.name(node), node));
    objects.pods().forEach(pod -> pods.put(Meta.key(pod), pod));
  }

  /// The workload behind an EndpointSlice's endpoint. Empty while its pod is not known (yet, or no
  /// longer): without it nobody could tell whether it speaks mTLS.
  Optional<Workload> of(JsonNode endpoint, String namespace, String address) {
    JsonNode target = endpoint.path("targetRef");
    if (!target.path("kind").asText().equals("Pod")) {
      Map<String, String> none = Map.of();
      return Optional.of(
          new Workload(context, namespace, address, address, "default", none, false, "", ""));
    }
    String podNamespace = target.path("namespace").asText(namespace);
    return Optional.ofNullable(pods.get(Meta.key(podNamespace, target.path("name").asText())))
        .map(pod -> workload(pod, address));
  }

  private Workload workload(ObjectNode pod, String address) {
    JsonNode spec = pod.path("spec");
    JsonNode node = nodes.get(spec.path("nodeName").asText());
    Map<String, String> place = node == null ? Map.of() : Meta.labels(node);
    Map<String, String> labels = Meta.labels(pod);
    return new Workload(
        context,
        Meta.namespace(pod),
        Meta.name(pod),
        address,
        spec.path("serviceAccountName").asText("default"),
        labels,
        "istio".equals(labels.get("security.istio.io/tlsMode")),
        place.getOrDefault("topology.kubernetes.io/region", ""),
        place.getOrDefault("topology.kubernetes.io/zone", ""));
  }
}
