package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The filter chains of a listener in words: what leads into one, and where it leads.
final class Chains {
  private static final String HTTP = "envoy.filters.network.http_connection_manager";
  private static final String TCP = "envoy.filters.network.tcp_proxy";
  private static final String BLACK_HOLE = "BlackHoleCluster";

  /// Istio's usual lists of protocols, by the name that istioctl has for them.
  private static final Map<String, String> PROTOCOLS =
      Map.of(
          "http/1.0,http/1.1,h2c,istio-http/1.0,istio-http/1.1,istio-h2", "HTTP TLS",
          "istio,istio-http/1.0,istio-http/1.1,istio-h2", "Istio HTTP Plain",
          "istio-peer-exchange,istio", "TCP TLS",
          "http/1.0,http/1.1,h2c", "HTTP");

  private Chains() {}

  /// A chain.
  record Chain(String match, String destination) {}

  static List<Chain> of(JsonNode listener) {
    return all(listener).stream()
        .map(chain ->
            new Chain(match(chain.path("filter_chain_match")), destination(chain.path("filters"))))
        .toList();
  }

  private static List<JsonNode> all(JsonNode listener) {
    List<JsonNode> chains = new ArrayList<>();
    listener.path("filter_chains").forEach(chains::add);
    if (listener.has("default_filter_chain")) {
      chains.add(listener.path("default_filter_chain"));
    }
    return chains;
  }

  /// HTTP, TCP, HTTP+TCP or UNKNOWN.
  static String type(JsonNode listener) {
    boolean http = false;
    boolean tcp = false;
    for (JsonNode chain : all(listener)) {
      for (JsonNode filter : chain.path("filters")) {
        http |= filter.path("name").asText().equals(HTTP);
        tcp |= filter.path("name").asText().equals(TCP) && !cluster(filter).contains(BLACK_HOLE);
      }
    }
    return http ? tcp ? "HTTP+TCP" : "HTTP" : tcp ? "TCP" : "UNKNOWN";
  }

  private static String cluster(JsonNode filter) {
    return filter.at("/typed_config/cluster").asText("");
  }

  private static String match(JsonNode match) {
    List<String> words = new ArrayList<>();
    if (match.has("server_names")) {
      words.add("SNI: " + joined(match.path("server_names")));
    }
    if (match.has("transport_protocol")) {
      words.add("Trans: " + match.path("transport_protocol").asText());
    }
    if (match.has("application_protocols")) {
      String protocols = joined(match.path("application_protocols"));
      words.add("App: " + PROTOCOLS.getOrDefault(protocols, protocols));
    }
    String port = match.has("destination_port") ? ":" + match.path("destination_port").asInt() : "";
    if (match.has("prefix_ranges")) {
      List<String> ranges = new ArrayList<>();
      for (JsonNode range : match.path("prefix_ranges")) {
        ranges.add(range.path("address_prefix").asText() + "/" + range.path("prefix_len").asInt());
      }
      words.add("Addr: " + String.join(",", ranges) + port);
    } else if (!port.isEmpty()) {
      words.add("Addr: *" + port);
    }
    return words.isEmpty() ? "ALL" : String.join("; ", words);
  }

  private static String joined(JsonNode texts) {
    List<String> all = new ArrayList<>();
    texts.forEach(text -> all.add(text.asText()));
    return String.join(",", all);
  }

  private static String destination(JsonNode filters) {
    for (JsonNode filter : filters) {
      JsonNode config = filter.path("typed_config");
      if (filter.path("name").asText().equals(HTTP)) {
        String route = config.at("/rds/route_config_name").asText("");
        return config.has("route_config")
            ? inline(config.path("route_config"))
            : route.isEmpty() ? "HTTP" : "Route: " + route;
      }
      if (filter.path("name").asText().equals(TCP) && !cluster(filter).contains(BLACK_HOLE)) {
        return named(cluster(filter));
      }
    }
    return "Non-HTTP/Non-TCP";
  }

  private static String named(String cluster) {
    return cluster.contains("Cluster") ? cluster : "Cluster: " + cluster;
  }

  /// A route that leads everything to one cluster is told as that cluster.
  private static String inline(JsonNode config) {
    JsonNode hosts = config.path("virtual_hosts");
    JsonNode only = hosts.path(0);
    JsonNode route = only.path("routes").path(0);
    if (hosts.size() == 1
        && joined(only.path("domains")).equals("*")
        && only.path("routes").size() == 1
        && route.at("/match/prefix").asText("").equals("/")
        && route.path("route").has("cluster")) {
      return named(route.at("/route/cluster").asText());
    }
    List<String> all = new ArrayList<>();
    for (JsonNode host : hosts) {
      List<String> matches = new ArrayList<>();
      host.path("routes").forEach(each -> matches.add(Routes.match(each.path("match"))));
      String domains = joined(host.path("domains")).replace(',', '/');
      all.add((domains.equals("*") ? "" : domains + " ") + String.join(", ", matches));
    }
    return "Inline Route: " + String.join("; ", all);
  }
}
