package theater.mesh.istiod;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.admin.v3.UpdateFailureState;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.status.v3.ClientConfig;
import io.envoyproxy.envoy.service.status.v3.ClientConfig.GenericXdsConfig;
import io.envoyproxy.envoy.service.status.v3.ConfigStatus;
import java.util.List;
import java.util.Map;
import theater.mesh.view.Proxy;
import theater.mesh.xds.ResourceKind;

/// Who has taken what, as istiod tells it: `/debug/syncz` in JSON, and `istio.io/debug/syncz` over
/// xDS, which `istioctl proxy-status` prints.
final class Syncz {
  private static final Map<ResourceKind, String> FIELDS =
      Map.of(
          ResourceKind.CLUSTER, "cluster",
          ResourceKind.LISTENER, "listener",
          ResourceKind.ROUTE, "route",
          ResourceKind.ENDPOINT, "endpoint");
  private static final String VERSION = "ISTIO_VERSION";
  private final ProxyLedger ledger;

  Syncz(ProxyLedger ledger) {
    this.ledger = ledger;
  }

  /// @param namespace only its pods; empty for all
  ArrayNode json(String namespace) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (ConnectedProxy connected : ledger.proxies()) {
      if (!namespace.isEmpty() && !connected.proxy().workload().namespace().equals(namespace)) {
        continue;
      }
      ObjectNode one = all.addObject();
      one.put("cluster_id", connected.proxy().workload().context());
      one.put("proxy", connected.name());
      one.put("proxy_type", connected.proxy().role() == Proxy.Role.SIDECAR ? "sidecar" : "router");
      one.put("istio_version", version(connected));
      ObjectNode resources = JsonNodeFactory.instance.objectNode();
      for (ResourceKind kind : ResourceKind.values()) {
        SentKind sent = connected.kinds().get(kind);
        String field = FIELDS.get(kind);
        if (sent != null && field != null) {
          one.put(field + "_sent", sent.sent()).put(field + "_acked", sent.taken());
          resources
              .putObject(kind.typeUrl())
              .put("sent", sent.sent())
              .put("acked", sent.taken())
              .put("sentTime", sent.sentAt().toString())
              .put("lastError", sent.refusal());
        }
      }
      one.set("resources", resources);
    }
    return all;
  }

  List<Any> resources() {
    return ledger.proxies().stream().map(proxy -> Any.pack(config(proxy))).toList();
  }

  private static ClientConfig config(ConnectedProxy connected) {
    Struct metadata =
        Struct.newBuilder()
            .putFields("CLUSTER_ID", text(connected.proxy().workload().context()))
            .putFields("NAMESPACE", text(connected.proxy().workload().namespace()))
            .putFields(VERSION, text(version(connected)))
            .build();
    ClientConfig.Builder config =
        ClientConfig.newBuilder()
            .setNode(Node.newBuilder().setId(connected.name()).setMetadata(metadata));
    connected.kinds().entrySet().stream()
        .map(entry -> generic(entry.getKey(), entry.getValue()))
        .sorted(java.util.Comparator.comparing(GenericXdsConfig::getTypeUrl))
        .forEach(config::addGenericXdsConfigs);
    return config.build();
  }

  private static GenericXdsConfig generic(ResourceKind kind, SentKind sent) {
    Timestamp at =
        Timestamp.newBuilder()
            .setSeconds(sent.sentAt().getEpochSecond())
            .setNanos(sent.sentAt().getNano())
            .build();
    GenericXdsConfig.Builder one =
        GenericXdsConfig.newBuilder().setTypeUrl(kind.typeUrl()).setLastUpdated(at);
    if (!sent.refusal().isEmpty()) {
      return one.setConfigStatus(ConfigStatus.ERROR)
          .setErrorState(
              UpdateFailureState.newBuilder().setLastUpdateAttempt(at).setDetails(sent.refusal()))
          .build();
    }
    return one.setConfigStatus(sent.synced() ? ConfigStatus.SYNCED : ConfigStatus.STALE).build();
  }

  private static String version(ConnectedProxy connected) {
    return connected.proxy().metadata().getOrDefault(VERSION, "");
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
