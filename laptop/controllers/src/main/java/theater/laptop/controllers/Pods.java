package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import theater.kube.KubeApi;
import theater.kube.KubeTime;
import theater.kube.LabelSelector;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// What controllers ask about a pod.
final class Pods {
  /// Which pod to delete first (Kubernetes: ActivePodsWithRanks): not bound, then not running, then
  /// not ready, then lately ready, then often restarted, then young.
  static final Comparator<JsonNode> DELETE_FIRST =
      Comparator.<JsonNode>comparingInt(
              pod -> pod.path("spec").path("nodeName").asText("").isEmpty() ? 0 : 1)
          .thenComparingInt(pod -> phaseRank(pod))
          .thenComparingInt(pod -> ready(pod) ? 1 : 0)
          .thenComparing(Pods::deletionCost)
          .thenComparing(Pods::readySince, Comparator.reverseOrder())
          .thenComparing(Pods::restarts, Comparator.reverseOrder())
          .thenComparing(pod -> Meta.created(pod), Comparator.reverseOrder())
          .thenComparing(pod -> Meta.name(pod));

  private Pods() {}

  /// Those that a Service selects: by the server, which need not copy the others.
  static List<ObjectNode> selected(KubeApi api, String namespace, Map<String, String> selector) {
    return api.list(ResourceTypes.POD, namespace, LabelSelector.of(selector).toString()).items();
  }

  static boolean ready(JsonNode pod) {
    return condition(pod, "Ready").path("status").asText().equals("True");
  }

  /// Neither ended nor being deleted.
  static boolean active(JsonNode pod) {
    return !ended(pod) && !Meta.deleting(pod);
  }

  static boolean ended(JsonNode pod) {
    String phase = pod.path("status").path("phase").asText();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /// Ready for at least this long.
  static boolean available(JsonNode pod, long minReadySeconds, Instant now) {
    return ready(pod)
        && (minReadySeconds == 0
            || !readySince(pod).plus(Duration.ofSeconds(minReadySeconds)).isAfter(now));
  }

  static JsonNode condition(JsonNode pod, String type) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return pod.path("no such condition");
  }

  private static Instant readySince(JsonNode pod) {
    return ready(pod)
        ? KubeTime.instant(condition(pod, "Ready").path("lastTransitionTime"), Instant.EPOCH)
        : Instant.EPOCH;
  }

  private static int phaseRank(JsonNode pod) {
    return switch (pod.path("status").path("phase").asText("Pending")) {
      case "Running" -> 2;
      case "Unknown" -> 1;
      default -> 0;
    };
  }

  private static int deletionCost(JsonNode pod) {
    try {
      return Integer.parseInt(
          Meta.annotations(pod).getOrDefault("controller.kubernetes.io/pod-deletion-cost", "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static int restarts(JsonNode pod) {
    int most = 0;
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      most = Math.max(most, status.path("restartCount").asInt());
    }
    return most;
  }
}
