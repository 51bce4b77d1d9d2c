package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The objects of the context that a pod's environment and volumes are made of, as they are now.
interface Sources {
  Optional<JsonNode> configMap(String namespace, String name);

  Optional<JsonNode> secret(String namespace, String name);

  /// A claim's folder must exist only for a claim that does.
  Optional<JsonNode> claim(String namespace, String name);

  /// All Services of the context.
  List<ObjectNode> services();

  /// Labels of the pod's node.
  Map<String, String> nodeLabels();

  /// Istio's name of the context's network: label `topology.istio.io/network` of namespace
  /// istio-system, or empty.
  String network();
}
