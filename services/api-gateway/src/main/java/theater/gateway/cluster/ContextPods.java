package theater.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Pods and deployments of one context, or why they are not known.
///
/// @param reason null when they are known; then pods and deployments are sorted by name
public record ContextPods(
    String context, String reason, List<JsonNode> pods, List<JsonNode> deployments) {

  public ContextPods {
    pods = List.copyOf(pods);
    deployments = List.copyOf(deployments);
  }

  static ContextPods unknown(String context, String reason) {
    return new ContextPods(context, reason, List.of(), List.of());
  }

  /// Names of the service's pods that are ready, sorted.
  public List<String> readyPods(String app) {
    return pods.stream()
        .filter(pod -> app.equals(pod.path("metadata").path("labels").path("app").asText()))
        .filter(PodJson::isReady)
        .map(pod -> pod.path("metadata").path("name").asText())
        .toList();
  }

  /// Whether the context has a pod of this name.
  public boolean hasPod(String name) {
    return pods.stream().anyMatch(pod -> name.equals(pod.path("metadata").path("name").asText()));
  }

  /// Name of the pod with this address, or null.
  String podAt(String ip) {
    return pods.stream()
        .filter(pod -> ip.equals(pod.path("status").path("podIP").asText()))
        .map(pod -> pod.path("metadata").path("name").asText())
        .findFirst()
        .orElse(null);
  }
}
