package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import theater.kube.Meta;
import theater.laptop.plan.AddressPlan;

/// Envoy's bootstrap (envoy.config.bootstrap.v3.Bootstrap): who it is, its admin interface at the
/// pod IP, and delta ADS over the context's Unix socket. What the mesh reads from `node.metadata`
/// stands in docs/contracts.md.
final class EnvoyBootstrap {
  private static final String PROTOCOL_OPTIONS =
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
  private static final String META = "ISTIO_META_";

  /// Kept small for memory, large enough for ejections, breakers, faults and the gateway's page.
  private static final List<String> KEPT_STATS =
      List.of(
          "cluster\\..*\\.(outlier_detection|circuit_breakers)\\..*",
          "cluster\\..*\\.(upstream_rq_.*|upstream_cx_(active|total|overflow|connect_fail|connect_timeout)|membership_.*|lb_healthy_panic|update_.*)",
          "http\\..*\\.(fault\\..*|rbac\\..*|jwt_authn\\..*|downstream_rq_.*|downstream_cx_(active|total)|no_route|no_cluster|rds\\..*)",
          "listener\\..*\\.(downstream_cx_(active|total)|ssl\\.(handshake|connection_error))",
          "tcp\\..*",
          "(cluster_manager|listener_manager|control_plane|server)\\..*");

  private final PodPlace place;
  private final Sources sources;

  EnvoyBootstrap(PodPlace place, Sources sources) {
    this.place = place;
    this.sources = sources;
  }

  /// @param env the proxy container's environment
  ObjectNode of(Map<String, String> env) {
    ObjectNode bootstrap = JsonNodeFactory.instance.objectNode();
    bootstrap.set("node", node(env));
    bootstrap
        .putObject("admin")
        .putObject("address")
        .set("socket_address", socketAddress(place.podIp(), AddressPlan.ENVOY_ADMIN_PORT));
    bootstrap
        .putObject("cluster_manager")
        .putObject("outlier_detection")
        .put("event_log_path", "/dev/stdout");
    ArrayNode kept =
        bootstrap
            .putObject("stats_config")
            .putObject("stats_matcher")
            .putObject("inclusion_list")
            .putArray("patterns");
    KEPT_STATS.forEach(regex -> kept.addObject().putObject("safe_regex").put("regex", regex));
    bootstrap.set("dynamic_resources", dynamicResources());
    ObjectNode resources = bootstrap.putObject("static_resources");
    resources.putArray("clusters").add(xds());
    SidecarPorts.add(resources, place.podIp());
    return bootstrap;
  }

  private ObjectNode node(Map<String, String> env) {
    JsonNode pod = place.pod();
    String namespace = Meta.namespace(pod);
    Map<String, String> labels = Meta.labels(pod);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    String role = place.gateway() ? "router" : "sidecar";
    node.put(
        "id",
        role
            + "~"
            + place.podIp()
            + "~"
            + Meta.name(pod)
            + "."
            + namespace
            + "~"
            + namespace
            + ".svc.cluster.local");
    String app =
        labels.getOrDefault("app", labels.getOrDefault("app.kubernetes.io/name", Meta.name(pod)));
    node.put("cluster", app + "." + namespace);
    ObjectNode locality = node.putObject("locality");
    locality.put("region", sources.nodeLabels().getOrDefault("topology.kubernetes.io/region", ""));
    locality.put("zone", sources.nodeLabels().getOrDefault("topology.kubernetes.io/zone", ""));
    ObjectNode metadata = node.putObject("metadata");
    metadata.put("NAME", Meta.name(pod)).put("NAMESPACE", namespace);
    metadata.put("SERVICE_ACCOUNT", pod.path("spec").path("serviceAccountName").asText("default"));
    ObjectNode labelled = metadata.putObject("LABELS");
    labels.forEach(labelled::put);
    metadata.put("CLUSTER_ID", place.context()).put("NETWORK", sources.network());
    metadata.put("APP_ADDRESS", place.application()).put("INSTANCE_IPS", place.podIp());
    env.forEach((name, value) -> {
      if (name.startsWith(META)) {
        metadata.put(name.substring(META.length()), value);
      }
    });
    listen(metadata);
    return node;
  }

  /// Annotation `theater.dev/listen: "8080=127.0.0.1:8880,…"` → `{"8080": ["127.0.0.1:8880"]}`.
  private void listen(ObjectNode metadata) {
    ObjectNode listen = metadata.putObject("LISTEN");
    for (String entry :
        Meta.annotations(place.pod()).getOrDefault("theater.dev/listen", "").split("[,\\s]+")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        listen.withArray("/" + entry.substring(0, equals)).add(entry.substring(equals + 1));
      } else if (!entry.isEmpty()) {
        throw new ContainerConfigException(
            "annotation theater.dev/listen has \"" + entry + "\"; expected PORT=ADDRESS:PORT");
      }
    }
  }

  private static ObjectNode dynamicResources() {
    ObjectNode dynamic = JsonNodeFactory.instance.objectNode();
    ObjectNode ads = dynamic.putObject("ads_config");
    ads.put("api_type", "DELTA_GRPC")
        .put("transport_api_version", "V3")
        .put("set_node_on_first_message_only", true);
    ObjectNode backOff =
        ads.putArray("grpc_services")
            .addObject()
            .putObject("envoy_grpc")
            .put("cluster_name", "xds")
            .putObject("retry_policy")
            .putObject("retry_back_off");
    backOff.put("base_interval", "0.1s").put("max_interval", "1s");
    for (String type : List.of("cds_config", "lds_config")) {
      ObjectNode source = dynamic.putObject(type);
      source.putObject("ads");
      source.put("resource_api_version", "V3").put("initial_fetch_timeout", "0s");
    }
    return dynamic;
  }

  private ObjectNode xds() {
    ObjectNode cluster = JsonNodeFactory.instance.objectNode();
    cluster.put("name", "xds").put("type", "STATIC").put("connect_timeout", "1s");
    ObjectNode options =
        cluster.putObject("typed_extension_protocol_options").putObject(PROTOCOL_OPTIONS);
    options.put("@type", "type.googleapis.com/" + PROTOCOL_OPTIONS);
    options
        .putObject("explicit_http_config")
        .putObject("http2_protocol_options")
        .putObject("connection_keepalive")
        .put("interval", "30s")
        .put("timeout", "5s");
    ObjectNode endpoint =
        cluster
            .putObject("load_assignment")
            .put("cluster_name", "xds")
            .putArray("endpoints")
            .addObject()
            .putArray("lb_endpoints")
            .addObject();
    endpoint
        .putObject("endpoint")
        .putObject("address")
        .putObject("pipe")
        .put("path", place.home().xdsSocket(place.context()).toString());
    return cluster;
  }

  private static ObjectNode socketAddress(String address, int port) {
    return JsonNodeFactory.instance.objectNode().put("address", address).put("port_value", port);
  }
}
