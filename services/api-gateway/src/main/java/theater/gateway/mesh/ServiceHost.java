package theater.gateway.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A service's host, and which objects of its namespace act on it.
///
/// @param service `user-service`
record ServiceHost(String service, String namespace) {

  /// `user-service.theater-msa.svc.cluster.local`
  String fqdn() {
    return service + "." + namespace + ".svc.cluster.local";
  }

  /// A short name means the object's own namespace.
  boolean is(String host) {
    return host.equals(service)
        || host.equals(service + "." + namespace)
        || host.equals(service + "." + namespace + ".svc")
        || host.equals(fqdn());
  }

  /// How closely a host of a rule fits: its length, the exact one longest of all; -1 when it does
  /// not.
  private int fit(String host) {
    if (is(host)) {
      return Integer.MAX_VALUE;
    }
    return host.startsWith("*") && fqdn().endsWith(host.substring(1)) ? host.length() : -1;
  }

  private int fit(JsonNode hosts) {
    int best = -1;
    for (JsonNode host : hosts) {
      best = Math.max(best, fit(host.asText()));
    }
    return best;
  }

  private static boolean isExported(JsonNode object, String namespace) {
    JsonNode exportTo = object.path("spec").path("exportTo");
    return exportTo.isEmpty()
        || Caller.contains(exportTo, "*")
        || Caller.contains(exportTo, ".")
        || Caller.contains(exportTo, namespace);
  }

  /// The one that acts on calls inside the mesh: the closest host, then the oldest.
  Optional<JsonNode> virtualService(List<JsonNode> objects) {
    return objects.stream()
        .filter(o -> fit(o.path("spec").path("hosts")) >= 0)
        .filter(o -> Caller.callsThrough(o.path("spec").path("gateways")))
        .filter(o -> isExported(o, namespace))
        .min(
            Comparator.<JsonNode>comparingInt(o -> -fit(o.path("spec").path("hosts")))
                .thenComparing(OLDEST));
  }

  /// Those that act on the host, closest and oldest first; Istio merges the subsets of equal hosts.
  List<JsonNode> destinationRules(List<JsonNode> objects) {
    return objects.stream()
        .filter(o -> fit(o.path("spec").path("host").asText()) >= 0)
        .filter(o -> isExported(o, namespace))
        .sorted(
            Comparator.<JsonNode>comparingInt(o -> -fit(o.path("spec").path("host").asText()))
                .thenComparing(OLDEST))
        .toList();
  }

  private static final Comparator<JsonNode> OLDEST =
      Comparator.<JsonNode, String>comparing(
              o -> o.path("metadata").path("creationTimestamp").asText())
          .thenComparing(o -> o.path("metadata").path("name").asText());
}
