package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.kube.KubeApi;
import theater.kube.KubeTime;
import theater.kube.LabelSelector;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// Keeps the status of PodDisruptionBudgets, by which the API server decides over evictions
/// (Kubernetes: disruption controller). Pods count towards what their Deployment or ReplicaSet
/// wants.
final class DisruptionController implements WorkQueue.Reconciler {
  /// So long an evicted pod may take until it is being deleted.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final KubeApi api;
  private final Clock clock;

  DisruptionController(KubeApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  @Override
  public Duration reconcile(WorkQueue.Key key) {
    ObjectNode budget = Found.get(api, ResourceTypes.POD_DISRUPTION_BUDGET, key).orElse(null);
    if (budget == null || Meta.deleting(budget)) {
      return null;
    }
    List<ObjectNode> pods = pods(budget);
    ObjectNode evicted = evicted(budget, pods);
    int healthy =
        (int)
            pods.stream()
                .filter(pod -> !Meta.deleting(pod) && !evicted.has(Meta.name(pod)))
                .filter(Pods::ready)
                .count();
    ObjectNode next = budget.deepCopy();
    ObjectNode status = status(budget, wanted(budget, pods), healthy);
    if (!evicted.isEmpty()) {
      status.set("disruptedPods", evicted);
    }
    next.set("status", status);
    if (!next.equals(budget)) {
      // Not a patch: an eviction that came in between must not be forgotten.
      api.updateStatus(ResourceTypes.POD_DISRUPTION_BUDGET, next);
    }
    return evicted.isEmpty() ? null : PATIENCE;
  }

  private List<ObjectNode> pods(ObjectNode budget) {
    JsonNode selector = budget.path("spec").path("selector");
    if (!selector.isObject()) {
      return List.of();
    }
    LabelSelector labels = LabelSelector.of(selector);
    return api.list(ResourceTypes.POD, Meta.namespace(budget), null).items().stream()
        .filter(pod -> labels.matches(Meta.labels(pod)))
        .toList();
  }

  /// Pods that the API server has evicted, and whose deletion is not seen yet.
  private ObjectNode evicted(ObjectNode budget, List<ObjectNode> pods) {
    ObjectNode evicted = JsonNodeFactory.instance.objectNode();
    for (ObjectNode pod : pods) {
      JsonNode since = budget.path("status").path("disruptedPods").path(Meta.name(pod));
      if (!since.isMissingNode()
          && !Meta.deleting(pod)
          && KubeTime.instant(since, Instant.EPOCH).plus(PATIENCE).isAfter(clock.instant())) {
        evicted.set(Meta.name(pod), since);
      }
    }
    return evicted;
  }

  /// How many pods there should be, and how many of them healthy.
  private record Wanted(int expected, int healthy) {}

  private Wanted wanted(ObjectNode budget, List<ObjectNode> pods) {
    JsonNode spec = budget.path("spec");
    if (spec.hasNonNull("maxUnavailable")) {
      int expected = replicas(pods);
      return new Wanted(
          expected, Math.max(0, expected - share(spec.get("maxUnavailable"), expected)));
    }
    JsonNode least = spec.path("minAvailable");
    if (!least.isTextual()) {
      return new Wanted(pods.size(), least.asInt());
    }
    int expected = replicas(pods);
    return new Wanted(expected, share(least, expected));
  }

  /// A percentage is rounded up.
  private static int share(JsonNode bound, int of) {
    String text = bound.asText();
    return text.endsWith("%")
        ? (int) Math.ceil(of * Integer.parseInt(text.substring(0, text.length() - 1)) / 100.0)
        : bound.asInt();
  }

  /// What the controllers of these pods want, together.
  private int replicas(List<ObjectNode> pods) {
    Map<String, Integer> sizes = new HashMap<>();
    for (ObjectNode pod : pods) {
      scaled(pod).ifPresent(owner -> sizes.put(Meta.uid(owner), Rollout.size(owner)));
    }
    return sizes.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Optional<ObjectNode> scaled(ObjectNode pod) {
    JsonNode reference = Meta.controller(pod);
    if (!reference.path("kind").asText().equals("ReplicaSet")) {
      return Optional.empty();
    }
    Optional<ObjectNode> set =
        Found.get(
            api, ResourceTypes.REPLICA_SET, Meta.namespace(pod), reference.path("name").asText());
    return set.flatMap(found -> {
      JsonNode deployment = Meta.controller(found);
      return deployment.path("kind").asText().equals("Deployment")
          ? Found.get(
              api, ResourceTypes.DEPLOYMENT, Meta.namespace(pod), deployment.path("name").asText())
          : Optional.of(found);
    });
  }

  private ObjectNode status(ObjectNode budget, Wanted wanted, int healthy) {
    int allowed = wanted.expected() > 0 ? Math.max(0, healthy - wanted.healthy()) : 0;
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    String value = allowed > 0 ? "True" : "False";
    String since = KubeTime.text(clock.instant());
    for (JsonNode old : budget.path("status").path("conditions")) {
      if (old.path("status").asText().equals(value)) {
        since = old.path("lastTransitionTime").asText(since);
      }
    }
    long generation = budget.path("metadata").path("generation").asLong();
    status
        .putArray("conditions")
        .addObject()
        .put("lastTransitionTime", since)
        .put("message", "")
        .put("observedGeneration", (int) generation)
        .put("reason", allowed > 0 ? "SufficientPods" : "InsufficientPods")
        .put("status", value)
        .put("type", "DisruptionAllowed");
    return status
        .put("currentHealthy", healthy)
        .put("desiredHealthy", wanted.healthy())
        .put("disruptionsAllowed", allowed)
        .put("expectedPods", wanted.expected())
        .put("observedGeneration", (int) generation);
  }
}
