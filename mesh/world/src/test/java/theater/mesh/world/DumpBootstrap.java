package theater.mesh.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Configuration dumps as one bootstrap that Envoy can validate without a control plane: each
/// different resource once, under a name and at an address of its own; routes and endpoints put in
/// place, secrets asked from a cluster that is never called.
final class DumpBootstrap {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String XDS =
      """
      {"api_type": "GRPC", "transport_api_version": "V3",
       "grpc_services": [{"envoy_grpc": {"cluster_name": "xds"}}]}
      """;

  private final ObjectNode root = JSON.createObjectNode();
  private final ArrayNode clusters = root.withObject("/static_resources").putArray("clusters");
  private final ArrayNode listeners = root.withObject("/static_resources").putArray("listeners");
  private final Set<JsonNode> known = new HashSet<>();
  private final Map<String, JsonNode> endpoints = new HashMap<>();
  private final Map<String, JsonNode> routes = new HashMap<>();

  DumpBootstrap() {
    root.putObject("node").put("id", "validate").put("cluster", "validate");
    clusters.addObject().put("name", "xds").put("type", "STATIC");
  }

  /// Adds what one proxy has.
  void add(JsonNode dump) {
    endpoints.clear();
    routes.clear();
    for (JsonNode part : dump.path("configs")) {
      part.path("dynamic_endpoint_configs")
          .forEach(one -> {
            JsonNode assignment = plain(one.path("endpoint_config"));
            endpoints.put(assignment.path("cluster_name").asText(), assignment);
          });
      part.path("dynamic_route_configs")
          .forEach(one -> {
            JsonNode table = plain(one.path("route_config"));
            routes.put(table.path("name").asText(), table);
          });
    }
    for (JsonNode part : dump.path("configs")) {
      part.path("dynamic_active_clusters").forEach(one -> cluster(plain(one.path("cluster"))));
      part.path("dynamic_listeners")
          .forEach(one -> listener(plain(one.path("active_state").path("listener"))));
    }
  }

  /// How many there are beside the one that is never called.
  int clusters() {
    return clusters.size() - 1;
  }

  String json() {
    return root.toString();
  }

  /// A packed message by itself.
  private static ObjectNode plain(JsonNode packed) {
    ObjectNode result = packed.deepCopy();
    result.remove("@type");
    return result;
  }

  private void cluster(ObjectNode cluster) {
    if (cluster.has("eds_cluster_config")) {
      cluster.remove("eds_cluster_config");
      cluster.put("type", "STATIC");
      cluster.set("load_assignment", endpoints.get(cluster.path("name").asText()));
    }
    if (known.add(cluster.deepCopy())) {
      cluster.put("name", cluster.path("name").asText() + "#" + known.size());
      withoutAds(cluster);
      clusters.add(cluster);
    }
  }

  private void listener(ObjectNode listener) {
    inPlace(listener);
    if (known.add(listener.deepCopy())) {
      listener.put("name", listener.path("name").asText() + "#" + known.size());
      ((ObjectNode) listener.path("address").path("socket_address"))
          .put("address", "127.9.9.9")
          .put("port_value", 1 + listeners.size());
      withoutAds(listener);
      listeners.add(listener);
    }
  }

  /// Puts routes where they are asked for by name.
  private void inPlace(JsonNode node) {
    JsonNode name = node.path("rds").path("route_config_name");
    if (node instanceof ObjectNode manager && name.isTextual()) {
      if (!routes.containsKey(name.asText())) {
        throw new IllegalArgumentException("no routes are called " + name);
      }
      manager.remove("rds");
      manager.set("route_config", routes.get(name.asText()));
    }
    node.forEach(this::inPlace);
  }

  private static void withoutAds(JsonNode node) {
    if (node instanceof ObjectNode source && source.has("ads")) {
      source.remove("ads");
      try {
        source.set("api_config_source", JSON.readTree(XDS));
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    node.forEach(DumpBootstrap::withoutAds);
  }
}
