package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import theater.kube.KubeTime;
import theater.kube.Meta;

/// A Deployment's status (Kubernetes: DeploymentStatus), as `kubectl rollout status` reads it.
/// Pure.
final class DeploymentStatus {
  private final JsonNode deployment;
  private final Instant now;

  DeploymentStatus(JsonNode deployment, Instant now) {
    this.deployment = deployment;
    this.now = now;
  }

  /// @param fresh the ReplicaSet of the present template, or null
  ObjectNode of(JsonNode fresh, List<? extends JsonNode> old) {
    List<JsonNode> all = new ArrayList<>(old);
    if (fresh != null) {
      all.add(fresh);
    }
    int wanted = deployment.path("spec").path("replicas").asInt(1);
    int total = sum(all, "replicas");
    int available = sum(all, "availableReplicas");
    int updated = fresh == null ? 0 : fresh.path("status").path("replicas").asInt();
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("observedGeneration", deployment.path("metadata").path("generation").asLong());
    number(status, "replicas", total);
    number(status, "updatedReplicas", updated);
    number(status, "readyReplicas", sum(all, "readyReplicas"));
    number(status, "availableReplicas", available);
    int size = all.stream().mapToInt(Rollout::size).sum();
    number(status, "unavailableReplicas", Math.max(0, Math.max(size, wanted) - available));
    if (deployment.path("status").path("collisionCount").isInt()) {
      status.set("collisionCount", deployment.path("status").path("collisionCount"));
    }
    ArrayNode conditions = status.putArray("conditions");
    boolean enough = available >= wanted - new Rollout(deployment).maxUnavailable();
    condition(
        conditions,
        "Available",
        enough ? "True" : "False",
        enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        enough
            ? "Deployment has minimum availability."
            : "Deployment does not have minimum availability.",
        false);
    boolean complete = updated == wanted && total == wanted && available == wanted;
    progressing(conditions, fresh, complete, updated, total, available);
    failure(conditions, all);
    return status;
  }

  /// A ReplicaSet that cannot make its pods says why.
  private void failure(ArrayNode conditions, List<JsonNode> sets) {
    for (JsonNode set : sets) {
      for (JsonNode each : set.path("status").path("conditions")) {
        if (each.path("type").asText().equals("ReplicaFailure")) {
          condition(
              conditions,
              "ReplicaFailure",
              each.path("status").asText(),
              each.path("reason").asText(),
              each.path("message").asText(),
              false);
          return;
        }
      }
    }
  }

  private void progressing(
      ArrayNode conditions,
      JsonNode fresh,
      boolean complete,
      int updated,
      int total,
      int available) {
    JsonNode before = condition("Progressing");
    String name = fresh == null ? "" : "ReplicaSet \"" + Meta.name(fresh) + "\" ";
    if (deployment.path("spec").path("paused").asBoolean()) {
      condition(
          conditions, "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", false);
    } else if (complete) {
      condition(
          conditions,
          "Progressing",
          "True",
          "NewReplicaSetAvailable",
          name + "has successfully progressed.",
          false);
    } else if (moved(fresh, updated, total, available) || before.isMissingNode()) {
      condition(
          conditions, "Progressing", "True", "ReplicaSetUpdated", name + "is progressing.", true);
    } else if (timedOut(before)) {
      condition(
          conditions,
          "Progressing",
          "False",
          "ProgressDeadlineExceeded",
          name + "has timed out progressing.",
          false);
    } else {
      conditions.add(before.deepCopy());
    }
  }

  private boolean moved(JsonNode fresh, int updated, int total, int available) {
    JsonNode status = deployment.path("status");
    int oldBefore = status.path("replicas").asInt() - status.path("updatedReplicas").asInt();
    boolean sameTemplate =
        fresh == null
            || condition("Progressing")
                .path("message")
                .asText()
                .contains("\"" + Meta.name(fresh) + "\"");
    return !sameTemplate
        || updated > status.path("updatedReplicas").asInt()
        || total - updated < oldBefore
        || available > status.path("availableReplicas").asInt()
        || condition("Progressing").path("reason").asText().equals("DeploymentPaused");
  }

  private boolean timedOut(JsonNode before) {
    String reason = before.path("reason").asText();
    if (reason.equals("NewReplicaSetAvailable")) {
      return false;
    }
    Instant since = KubeTime.instant(before.path("lastUpdateTime"), now);
    return reason.equals("ProgressDeadlineExceeded") || since.plus(deadline()).isBefore(now);
  }

  Duration deadline() {
    return Duration.ofSeconds(deployment.path("spec").path("progressDeadlineSeconds").asLong(600));
  }

  private JsonNode condition(String type) {
    for (JsonNode condition : deployment.path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return deployment.path("no such condition");
  }

  private void condition(
      ArrayNode conditions,
      String type,
      String status,
      String reason,
      String message,
      boolean touched) {
    JsonNode before = condition(type);
    String time = KubeTime.text(now);
    boolean sameStatus = before.path("status").asText().equals(status);
    boolean same =
        sameStatus
            && before.path("reason").asText().equals(reason)
            && before.path("message").asText().equals(message);
    ObjectNode condition = conditions.addObject().put("type", type).put("status", status);
    condition.put(
        "lastUpdateTime", same && !touched ? before.path("lastUpdateTime").asText(time) : time);
    condition.put(
        "lastTransitionTime", sameStatus ? before.path("lastTransitionTime").asText(time) : time);
    condition.put("reason", reason).put("message", message);
  }

  private static int sum(List<? extends JsonNode> sets, String field) {
    return sets.stream().mapToInt(set -> set.path("status").path(field).asInt()).sum();
  }

  private static void number(ObjectNode status, String field, int value) {
    if (value > 0) {
      status.put(field, value);
    }
  }
}
