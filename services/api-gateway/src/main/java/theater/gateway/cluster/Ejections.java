package theater.gateway.cluster;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import theater.gateway.CinemaService;
import theater.gateway.mesh.Routing;

/// Reads ejections from the admin interface's `clusters?format=json` (Envoy:
/// envoy.admin.v3.Clusters). For one thread.
final class Ejections {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String namespace;
  private final BiFunction<CinemaService, String, String> subsetContext;
  private Map<String, Ejection> known = Map.of();

  /// @param subsetContext context of a service's subset, or null
  Ejections(String namespace, BiFunction<CinemaService, String, String> subsetContext) {
    this.namespace = namespace;
    this.subsetContext = subsetContext;
  }

  static String context(Routing routing, CinemaService service, String subset) {
    String context = routing == null ? null : routing.of(service).context(subset);
    return context == null && subset.matches("ctx[1-9]") ? subset : context;
  }

  /// @param own pods of the own context; addresses of no pod of it belong to the other one
  /// @param now for those that are new
  List<Ejection> read(String clusters, ContextPods own, String other, String now)
      throws JacksonException {
    Map<String, Ejection> found = new HashMap<>();
    for (JsonNode cluster : MAPPER.readTree(clusters).path("cluster_statuses")) {
      String name = cluster.path("name").asText();
      String[] parts = name.split("\\|", -1);
      CinemaService service =
          parts.length == 4 && parts[0].equals("outbound") ? service(parts[3]) : null;
      if (service == null) {
        continue;
      }
      for (JsonNode host : cluster.path("host_statuses")) {
        if (host.path("health_status").path("failed_outlier_check").asBoolean()) {
          JsonNode socket = host.path("address").path("socket_address");
          String ip = socket.path("address").asText();
          String address = ip + ":" + socket.path("port_value").asText();
          Ejection before = known.get(name + " " + address);
          String since = before == null ? now : before.since();
          String pod = own.podAt(ip);
          found.put(
              name + " " + address,
              new Ejection(
                  service.id(),
                  context(service, parts[2], pod, own, other),
                  pod,
                  address,
                  since,
                  name));
        }
      }
    }
    known = found;
    List<Ejection> all = new ArrayList<>(found.values());
    all.sort(Comparator.comparing(Ejection::where).thenComparing(Ejection::address));
    return all;
  }

  private String context(
      CinemaService service, String subset, String pod, ContextPods own, String other) {
    if (pod != null) {
      return own.context();
    }
    String named = subset.isEmpty() ? null : subsetContext.apply(service, subset);
    if (named != null) {
      return named;
    }
    return own.reason() == null ? other : null;
  }

  private CinemaService service(String host) {
    String suffix = "." + namespace + ".svc.cluster.local";
    return host.endsWith(suffix)
        ? CinemaService.byId(host.substring(0, host.length() - suffix.length()))
        : null;
  }
}
