package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/// An Envoy's `/config_dump?include_eds`, by section.
record Dump(JsonNode json) {

  /// @param name `ClustersConfigDump`
  JsonNode section(String name) {
    for (JsonNode section : json.path("configs")) {
      if (section.path("@type").asText().endsWith("." + name)) {
        return section;
      }
    }
    return MissingNode.getInstance();
  }

  /// The dynamic ones, then the static ones.
  List<JsonNode> clusters() {
    JsonNode section = section("ClustersConfigDump");
    List<JsonNode> all = new ArrayList<>();
    section.path("dynamic_active_clusters").forEach(one -> all.add(one.path("cluster")));
    section.path("static_clusters").forEach(one -> all.add(one.path("cluster")));
    return all;
  }

  List<JsonNode> listeners() {
    JsonNode section = section("ListenersConfigDump");
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode one : section.path("dynamic_listeners")) {
      if (one.has("active_state")) {
        all.add(one.path("active_state").path("listener"));
      }
    }
    section.path("static_listeners").forEach(one -> all.add(one.path("listener")));
    return all;
  }

  List<JsonNode> routes() {
    JsonNode section = section("RoutesConfigDump");
    List<JsonNode> all = new ArrayList<>();
    section.path("dynamic_route_configs").forEach(one -> all.add(one.path("route_config")));
    section.path("static_route_configs").forEach(one -> all.add(one.path("route_config")));
    return all;
  }

  List<JsonNode> endpoints() {
    JsonNode section = section("EndpointsConfigDump");
    List<JsonNode> all = new ArrayList<>();
    section.path("dynamic_endpoint_configs").forEach(one -> all.add(one.path("endpoint_config")));
    section.path("static_endpoint_configs").forEach(one -> all.add(one.path("endpoint_config")));
    return all;
  }

  /// `NAME.NAMESPACE` of the rule that a cluster or route was made from: where Istio writes it, or
  /// where our translation does; empty when there is none.
  static String rule(JsonNode resource) {
    JsonNode metadata = resource.at("/metadata/filter_metadata");
    String path = metadata.at("/istio/config").asText("");
    if (!path.isEmpty()) {
      String[] parts = path.split("/");
      boolean known = path.startsWith("/apis/networking.istio.io/") && parts.length == 8;
      return known ? parts[7] + "." + parts[5] : "<unknown>";
    }
    JsonNode ours = metadata.path("theater");
    String rule = ours.path("policy").asText(ours.path("object").asText(""));
    int slash = rule.indexOf('/');
    return slash < 0
        ? ""
        : rule.substring(slash + 1) + "." + rule.substring(rule.indexOf(' ') + 1, slash);
  }
}
