package theater.gateway.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import theater.gateway.CinemaService;

/// How calls to every service are routed, read from the objects of one namespace.
public final class Routing {
  private final Map<CinemaService, ServiceRouting> services;

  private Routing(Map<CinemaService, ServiceRouting> services) {
    this.services = services;
  }

  public ServiceRouting of(CinemaService service) {
    return services.get(service);
  }

  /// @param virtualServices objects of the namespace, as the API gives them
  /// @param labels of the gateway's pod
  /// @param upstreams where the gateway sends the requests
  public static Routing read(
      List<JsonNode> virtualServices,
      List<JsonNode> destinationRules,
      String namespace,
      Map<String, String> labels,
      Map<CinemaService, URI> upstreams) {
    Map<CinemaService, ServiceRouting> services = new EnumMap<>(CinemaService.class);
    for (CinemaService service : CinemaService.values()) {
      URI upstream = upstreams.get(service);
      Caller caller = new Caller(namespace, labels, upstream.getPort());
      ServiceHost host = new ServiceHost(service.id(), namespace);
      JsonNode found = host.virtualService(virtualServices).orElse(null);
      List<HttpRule> rules = new ArrayList<>();
      if (found != null) {
        found.path("spec").path("http").forEach(http -> rules.add(HttpRule.of(http, caller)));
      }
      MeshRequest plain =
          new MeshRequest("GET", service.path() + "/", upstream.getAuthority(), name -> null);
      services.put(
          service,
          new ServiceRouting(
              host,
              found == null ? null : found.path("metadata").path("name").asText(),
              List.copyOf(rules),
              subsets(host.destinationRules(destinationRules)),
              plain));
    }
    return new Routing(services);
  }

  /// The subset's label `cluster` says its context; without one a subset that is called like a
  /// context means it.
  private static Map<String, String> subsets(List<JsonNode> destinationRules) {
    Map<String, String> contexts = new HashMap<>();
    for (JsonNode rule : destinationRules) {
      for (JsonNode subset : rule.path("spec").path("subsets")) {
        String name = subset.path("name").asText();
        String cluster = subset.path("labels").path("cluster").asText("");
        if (!cluster.isEmpty() || name.matches("ctx[1-9]")) {
          contexts.putIfAbsent(name, cluster.isEmpty() ? name : cluster);
        }
      }
    }
    return Map.copyOf(contexts);
  }
}
