package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.kube.Meta;

/// How many pods each ReplicaSet of a Deployment should have next (Kubernetes: DeploymentStrategy).
/// Pure.
final class Rollout {
  private final JsonNode deployment;
  private final int replicas;

  Rollout(JsonNode deployment) {
    this.deployment = deployment;
    this.replicas = deployment.path("spec").path("replicas").asInt(1);
  }

  boolean recreate() {
    return deployment.path("spec").path("strategy").path("type").asText().equals("Recreate");
  }

  /// Pods above the wanted number; a percentage is rounded up.
  int maxSurge() {
    return recreate() ? 0 : share("maxSurge", true);
  }

  /// Pods below the wanted number; a percentage is rounded down. Never zero together with the
  /// surge.
  int maxUnavailable() {
    if (recreate()) {
      return 0;
    }
    int unavailable = share("maxUnavailable", false);
    return unavailable == 0 && maxSurge() == 0 ? 1 : Math.min(unavailable, replicas);
  }

  private int share(String field, boolean up) {
    String text =
        deployment.path("spec").path("strategy").path("rollingUpdate").path(field).asText("25%");
    if (!text.endsWith("%")) {
      return Integer.parseInt(text);
    }
    double exact = replicas * Integer.parseInt(text.substring(0, text.length() - 1)) / 100.0;
    return (int) (up ? Math.ceil(exact) : Math.floor(exact));
  }

  /// @param fresh the ReplicaSet of the present template, or null when there is none yet
  /// @param old all others
  /// @return the number for each ReplicaSet that should change, by name
  Map<String, Integer> scales(JsonNode fresh, List<? extends JsonNode> old) {
    Map<String, Integer> scales = new LinkedHashMap<>();
    boolean paused = deployment.path("spec").path("paused").asBoolean();
    if (fresh == null || paused) {
      resize(fresh, old, scales);
      return scales;
    }
    if (recreate()) {
      old.stream().filter(set -> size(set) > 0).forEach(set -> scales.put(Meta.name(set), 0));
      boolean oldRuns =
          old.stream()
              .anyMatch(set -> size(set) > 0 || set.path("status").path("replicas").asInt() > 0);
      put(scales, fresh, oldRuns ? Math.min(size(fresh), replicas) : replicas);
      return scales;
    }
    int total = size(fresh) + old.stream().mapToInt(Rollout::size).sum();
    int next =
        size(fresh) > replicas
            ? replicas
            : size(fresh)
                + Math.max(0, Math.min(replicas + maxSurge() - total, replicas - size(fresh)));
    put(scales, fresh, next);
    if (next == size(fresh)) {
      shrink(fresh, old, total, scales);
    }
    return scales;
  }

  /// Without a rollout: the newest ReplicaSet that has pods takes what is wanted.
  private void resize(JsonNode fresh, List<? extends JsonNode> old, Map<String, Integer> scales) {
    List<JsonNode> active = new ArrayList<>(old);
    if (fresh != null) {
      active.add(fresh);
    }
    active.removeIf(set -> size(set) == 0);
    active.sort(Comparator.comparing(set -> Meta.created(set)));
    if (active.isEmpty()) {
      if (fresh != null) {
        put(scales, fresh, replicas);
      }
      return;
    }
    int others = active.stream().limit(active.size() - 1L).mapToInt(Rollout::size).sum();
    put(scales, active.getLast(), Math.max(0, replicas - others));
  }

  /// Old pods go as far as enough are available: those that are not available first, then oldest
  /// first.
  private void shrink(
      JsonNode fresh, List<? extends JsonNode> old, int total, Map<String, Integer> scales) {
    int minAvailable = replicas - maxUnavailable();
    int spare = total - minAvailable - (size(fresh) - available(fresh));
    List<JsonNode> active = new ArrayList<>(old.stream().filter(set -> size(set) > 0).toList());
    active.sort(Comparator.comparing(set -> Meta.created(set)));
    Map<String, Integer> sizes = new LinkedHashMap<>();
    active.forEach(set -> sizes.put(Meta.name(set), size(set)));
    for (JsonNode set : active) {
      int cut = Math.max(0, Math.min(spare, size(set) - available(set)));
      sizes.merge(Meta.name(set), -cut, Integer::sum);
      spare -= cut;
    }
    int allAvailable = available(fresh) + active.stream().mapToInt(Rollout::available).sum();
    int surplus = Math.min(spare, allAvailable - minAvailable);
    for (JsonNode set : active) {
      int cut = Math.max(0, Math.min(surplus, sizes.get(Meta.name(set))));
      sizes.merge(Meta.name(set), -cut, Integer::sum);
      surplus -= cut;
    }
    active.forEach(set -> put(scales, set, sizes.get(Meta.name(set))));
  }

  private static void put(Map<String, Integer> scales, JsonNode set, int size) {
    if (size != size(set)) {
      scales.put(Meta.name(set), size);
    }
  }

  static int size(JsonNode set) {
    return set.path("spec").path("replicas").asInt(1);
  }

  static int available(JsonNode set) {
    return Math.min(size(set), set.path("status").path("availableReplicas").asInt());
  }
}
