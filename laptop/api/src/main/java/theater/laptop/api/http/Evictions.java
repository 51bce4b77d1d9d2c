package theater.laptop.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.kind.Kinds;
import theater.laptop.api.registry.Deleter;
import theater.laptop.api.registry.Reader;
import theater.laptop.api.registry.WriteOptions;
import theater.laptop.api.registry.Writer;
import theater.laptop.api.selector.FieldSelector;
import theater.laptop.api.selector.LabelSelector;
import theater.laptop.api.status.StatusException;

/// Evicts pods, as `kubectl drain` asks, as far as their PodDisruptionBudget allows it. The status
/// of the budget is the disruption controller's; each eviction takes one of what it allows.
record Evictions(Reader reader, Writer writer, Deleter deleter) {
  private static final Kind PODS = Kinds.of("", "pods");
  private static final Kind BUDGETS = Kinds.of("policy", "poddisruptionbudgets");
  private static final int STILL_PROCESSED_RETRY = 10;

  /// @throws StatusException 404, or 429 when the budget does not allow it
  void evict(String namespace, String name, Deleter.Options options) {
    ObjectNode pod = reader.get(PODS, "v1", namespace, name);
    if (!ended(pod)) {
      List<ObjectNode> budgets = budgets(pod);
      if (budgets.size() > 1) {
        throw new StatusException(
            500,
            "",
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
            null);
      }
      if (!budgets.isEmpty() && counts(pod, budgets.getFirst())) {
        writer.patch(
            BUDGETS,
            "v1",
            namespace,
            Json.name(budgets.getFirst()),
            "status",
            budget -> taken(budget, name),
            new WriteOptions(
                options.dryRun(),
                WriteOptions.QUIET.strictness(),
                "",
                WriteOptions.QUIET.warnings()));
      }
    }
    deleter.delete(PODS, namespace, name, options);
  }

  /// Such a pod keeps nothing up.
  private static boolean ended(ObjectNode pod) {
    return List.of("Succeeded", "Failed", "Pending").contains(Json.text(pod, "status", "phase"))
        || pod.path("metadata").has("deletionTimestamp");
  }

  private List<ObjectNode> budgets(ObjectNode pod) {
    return reader
        .list(
            BUDGETS,
            "v1",
            Json.namespace(pod),
            LabelSelector.parse(""),
            FieldSelector.parse(BUDGETS, null))
        .items()
        .stream()
        .filter(budget -> budget.path("spec").path("selector").isObject())
        .filter(budget ->
            LabelSelector.matches(
                budget.path("spec").path("selector"), pod.path("metadata").path("labels")))
        .toList();
  }

  /// A pod that is not ready may go: always when the budget says so, else while the others are
  /// enough.
  private static boolean counts(ObjectNode pod, ObjectNode budget) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (Json.text(condition, "type").equals("Ready")
          && Json.text(condition, "status").equals("True")) {
        return true;
      }
    }
    int desired = budget.path("status").path("desiredHealthy").asInt();
    boolean enough = desired > 0 && budget.path("status").path("currentHealthy").asInt() >= desired;
    return !enough
        && !Json.text(budget, "spec", "unhealthyPodEvictionPolicy").equals("AlwaysAllow");
  }

  private static ObjectNode taken(ObjectNode budget, String pod) {
    JsonNode status = budget.path("status");
    String name = Json.name(budget);
    if (status.path("observedGeneration").asLong()
        < budget.path("metadata").path("generation").asLong()) {
      throw refused(
          "The disruption budget " + name + " is still being processed by the server.",
          STILL_PROCESSED_RETRY);
    }
    int allowed = status.path("disruptionsAllowed").asInt();
    if (allowed <= 0) {
      throw refused(
          "The disruption budget "
              + name
              + " needs "
              + status.path("desiredHealthy").asInt()
              + " healthy pods and has "
              + status.path("currentHealthy").asInt()
              + " currently",
          0);
    }
    ObjectNode next = budget.deepCopy();
    ObjectNode changed = Json.child(next, "status").put("disruptionsAllowed", allowed - 1);
    Json.child(changed, "disruptedPods")
        .put(pod, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return next;
  }

  private static StatusException refused(String why, int retryAfter) {
    ObjectNode details = Json.object();
    details.putArray("causes").addObject().put("reason", "DisruptionBudget").put("message", why);
    if (retryAfter > 0) {
      details.put("retryAfterSeconds", retryAfter);
    }
    return new StatusException(
        429,
        "TooManyRequests",
        "Cannot evict pod as it would violate the pod's disruption budget.",
        details);
  }
}
