package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `proxy-config endpoint`, from `/clusters?format=json`: what Envoy uses, with its outlier check;
/// and in `proxy-config all` what it was told.
final class Endpoints {
  private Endpoints() {}

  private record Host(String address, int port, String status, boolean failed, String cluster) {
    String at() {
      return port == 0 ? address : address + ":" + port;
    }
  }

  /// Clusters of which the filter leaves an endpoint.
  static List<JsonNode> of(JsonNode clusters, Filter filter) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode cluster : clusters.path("cluster_statuses")) {
      if (!hosts(cluster, filter).isEmpty()) {
        found.add(cluster);
      }
    }
    return found;
  }

  static Table table(JsonNode clusters, Filter filter) {
    List<Host> hosts = new ArrayList<>();
    clusters.path("cluster_statuses").forEach(cluster -> hosts.addAll(hosts(cluster, filter)));
    hosts.sort(
        Comparator.comparing(Host::address)
            .thenComparingInt(Host::port)
            .thenComparing(Host::cluster));
    Table table = new Table(5, "ENDPOINT", "STATUS", "OUTLIER CHECK", "CLUSTER");
    for (Host host : hosts) {
      table.row(host.at(), host.status(), host.failed() ? "FAILED" : "OK", host.cluster());
    }
    return table;
  }

  private static List<Host> hosts(JsonNode cluster, Filter filter) {
    List<Host> hosts = new ArrayList<>();
    String name = cluster.path("name").asText();
    for (JsonNode one : cluster.path("host_statuses")) {
      JsonNode health = one.path("health_status");
      Host host =
          new Host(
              address(one.path("address")),
              one.at("/address/socket_address/port_value").asInt(),
              health.path("eds_health_status").asText("UNKNOWN"),
              health.path("failed_outlier_check").asBoolean(),
              name);
      if (filter.endpoint(host.address(), Integer.toString(host.port()), name, host.status())) {
        hosts.add(host);
      }
    }
    return hosts;
  }

  private static String address(JsonNode address) {
    if (address.has("socket_address")) {
      return address.at("/socket_address/address").asText();
    }
    return address.has("pipe") ? "unix://" + address.at("/pipe/path").asText() : "unknown";
  }

  /// What the control plane told: NAME, STATUS, LOCALITY, CLUSTER.
  static Table told(Dump dump, Filter filter) {
    List<JsonNode> all = new ArrayList<>(dump.endpoints());
    all.sort(
        Comparator.comparing(
            (JsonNode one) -> ClusterName.of(one.path("cluster_name").asText()),
            ClusterName.ORDER));
    Table table = new Table(5, "NAME", "STATUS", "LOCALITY", "CLUSTER");
    for (JsonNode assignment : all) {
      String cluster = assignment.path("cluster_name").asText();
      for (JsonNode group : assignment.path("endpoints")) {
        for (JsonNode one : group.path("lb_endpoints")) {
          JsonNode socket = one.at("/endpoint/address/socket_address");
          String port = socket.path("port_value").asText("0");
          String address =
              socket.isMissingNode()
                  ? one.at("/endpoint/address/pipe/path").asText("unknown")
                  : socket.path("address").asText() + ":" + port;
          String status = one.path("health_status").asText("UNKNOWN");
          if (filter.endpoint(address, port, cluster, status)) {
            table.row("endpoint/" + address, status, locality(group.path("locality")), cluster);
          }
        }
      }
    }
    return table;
  }

  private static String locality(JsonNode locality) {
    StringBuilder text = new StringBuilder(locality.path("region").asText(""));
    for (String part : List.of("zone", "sub_zone")) {
      String value = locality.path(part).asText("");
      if (value.isEmpty()) {
        break;
      }
      text.append('/').append(value);
    }
    return text.toString();
  }

  /// For `-o json`.
  static JsonNode array(List<JsonNode> nodes) {
    return JsonNodeFactory.instance.arrayNode().addAll(nodes);
  }
}
