package theater.laptop.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import theater.laptop.plan.AddressPlan;

/// The ports at which Istio's sidecars tell their health and statistics: 15020 (agent), 15021
/// (health), 15090 (Prometheus). Each passes its own paths on to the Envoy's admin interface, and
/// nothing else.
final class SidecarPorts {
  private static final String CLUSTER = "agent";
  private static final String MANAGER =
      "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
  private static final Map<String, String> READY = Map.of("/healthz/ready", "/ready");
  private static final Map<String, String> STATS = Map.of("/stats/prometheus", "/stats/prometheus");

  private SidecarPorts() {}

  /// @param resources the bootstrap's `static_resources`
  static void add(ObjectNode resources, String podIp) {
    ArrayNode listeners = resources.putArray("listeners");
    listener(
        listeners.addObject(),
        podIp,
        15020,
        Map.of("/healthz/ready", "/ready", "/stats/prometheus", "/stats/prometheus"));
    listener(listeners.addObject(), podIp, 15021, READY);
    listener(listeners.addObject(), podIp, 15090, STATS);
    ObjectNode cluster = resources.withArray("/clusters").addObject();
    cluster.put("name", CLUSTER).put("type", "STATIC").put("connect_timeout", "1s");
    cluster
        .putObject("load_assignment")
        .put("cluster_name", CLUSTER)
        .putArray("endpoints")
        .addObject()
        .putArray("lb_endpoints")
        .addObject()
        .putObject("endpoint")
        .putObject("address")
        .set("socket_address", address(podIp, AddressPlan.ENVOY_ADMIN_PORT));
  }

  private static void listener(
      ObjectNode listener, String podIp, int port, Map<String, String> paths) {
    listener.put("name", "agent-" + port).put("enable_reuse_port", false);
    listener.putObject("address").set("socket_address", address(podIp, port));
    ObjectNode filter =
        listener.putArray("filter_chains").addObject().putArray("filters").addObject();
    filter.put("name", "envoy.filters.network.http_connection_manager");
    ObjectNode manager =
        filter.putObject("typed_config").put("@type", "type.googleapis.com/" + MANAGER);
    manager.put("stat_prefix", "agent");
    ObjectNode host = manager.putObject("route_config").putArray("virtual_hosts").addObject();
    host.put("name", "agent").putArray("domains").add("*");
    ArrayNode routes = host.putArray("routes");
    new TreeMap<>(paths)
        .forEach((path, to) -> {
          ObjectNode route = routes.addObject();
          route.putObject("match").put("path", path);
          route.putObject("route").put("cluster", CLUSTER).put("prefix_rewrite", to);
        });
    ObjectNode router = manager.putArray("http_filters").addObject();
    router.put("name", "envoy.filters.http.router");
    router
        .putObject("typed_config")
        .put("@type", "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router");
  }

  private static ObjectNode address(String address, int port) {
    return JsonNodeFactory.instance.objectNode().put("address", address).put("port_value", port);
  }
}
