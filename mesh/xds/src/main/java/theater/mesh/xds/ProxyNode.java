package theater.mesh.xds;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.view.ListenAddresses;
import theater.mesh.view.Proxy;
import theater.mesh.view.Proxy.Role;
import theater.mesh.view.RedirectedAddresses;
import theater.mesh.view.Workload;

/// Envoy's node (id and metadata, as Istio's agent writes them) → Proxy.
final class ProxyNode {
  private static final int ID_PARTS = 4;

  private ProxyNode() {}

  /// @throws IllegalArgumentException naming what is missing
  static Proxy read(Node node) {
    String[] id = node.getId().split("~");
    if (id.length != ID_PARTS || !List.of("sidecar", "router").contains(id[0])) {
      throw new IllegalArgumentException(
          "node id is \""
              + node.getId()
              + "\"; expected sidecar~IP~POD.NAMESPACE~DOMAIN or router~…");
    }
    Struct metadata = node.getMetadata();
    Map<String, String> texts = new HashMap<>(texts(metadata));
    String podIp = texts.getOrDefault("INSTANCE_IPS", id[1]).split(",")[0];
    Workload workload =
        new Workload(
            required(texts, "CLUSTER_ID", node),
            required(texts, "NAMESPACE", node),
            required(texts, "NAME", node),
            podIp,
            texts.getOrDefault("SERVICE_ACCOUNT", "default"),
            texts(
                metadata.getFieldsOrDefault("LABELS", Value.getDefaultInstance()).getStructValue()),
            true,
            node.getLocality().getRegion(),
            node.getLocality().getZone());
    Map<String, List<String>> listen = new LinkedHashMap<>();
    metadata
        .getFieldsOrDefault("LISTEN", Value.getDefaultInstance())
        .getStructValue()
        .getFieldsMap()
        .forEach((port, list) ->
            listen.put(
                port,
                list.getListValue().getValuesList().stream().map(Value::getStringValue).toList()));
    ListenAddresses addresses =
        texts.getOrDefault("INTERCEPTION_MODE", "").equals("REDIRECT")
            ? new RedirectedAddresses(podIp)
            : new LoopbackAddresses(podIp, texts.getOrDefault("APP_ADDRESS", podIp), listen);
    String network =
        texts.getOrDefault("REQUESTED_NETWORK_VIEW", texts.getOrDefault("NETWORK", ""));
    return new Proxy(role(id[0], texts), workload, network, texts, addresses);
  }

  private static Role role(String kind, Map<String, String> texts) {
    if (kind.equals("sidecar")) {
      return Role.SIDECAR;
    }
    return texts.getOrDefault("ROUTER_MODE", "").equals("sni-dnat")
        ? Role.EAST_WEST_GATEWAY
        : Role.INGRESS_GATEWAY;
  }

  private static String required(Map<String, String> texts, String key, Node node) {
    String value = texts.get(key);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("node " + node.getId() + " has no metadata " + key);
    }
    return value;
  }

  private static Map<String, String> texts(Struct struct) {
    Map<String, String> texts = new HashMap<>();
    struct
        .getFieldsMap()
        .forEach((key, value) -> {
          if (value.hasStringValue()) {
            texts.put(key, value.getStringValue());
          }
        });
    return texts;
  }
}
