package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import theater.kube.Meta;
import theater.kube.Quantity;

/// Which nodes a pod may run on (Kubernetes: nodeSelector, required nodeAffinity, unschedulable,
/// taints, more processors or memory than a node has). Pure.
final class NodeFit {
  private NodeFit() {}

  /// Why the pod cannot run on the node, in Kubernetes' words; empty when it can.
  static List<String> refusals(JsonNode pod, JsonNode node) {
    if (node.path("spec").path("unschedulable").asBoolean()
        && !tolerates(pod, "node.kubernetes.io/unschedulable", "", "NoSchedule")) {
      return List.of("node(s) were unschedulable");
    }
    for (JsonNode taint : node.path("spec").path("taints")) {
      String effect = taint.path("effect").asText();
      String key = taint.path("key").asText();
      String value = taint.path("value").asText("");
      if (!effect.equals("PreferNoSchedule") && !tolerates(pod, key, value, effect)) {
        return List.of("node(s) had untolerated taint {" + key + ": " + value + "}");
      }
    }
    return affine(pod.path("spec"), node)
        ? large(pod, node)
        : List.of("node(s) didn't match Pod's node affinity/selector");
  }

  /// What the pod asks for and the whole node does not have. Nodes may be filled beyond what their
  /// pods ask for: a laptop has few processors.
  private static List<String> large(JsonNode pod, JsonNode node) {
    List<String> insufficient = new ArrayList<>();
    for (String resource : List.of("cpu", "memory")) {
      long wanted = 0;
      for (JsonNode container : pod.path("spec").path("containers")) {
        wanted +=
            Quantity.milli(container.path("resources").path("requests").path(resource)).orElse(0);
      }
      JsonNode allocatable = node.path("status").path("allocatable").path(resource);
      if (wanted > Quantity.milli(allocatable).orElse(Long.MAX_VALUE)) {
        insufficient.add("Insufficient " + resource);
      }
    }
    return insufficient;
  }

  /// `0/2 nodes are available: 1 node(s) were unschedulable, 1 …`; kinds of refusal in order. None
  /// of them ends when another pod goes.
  ///
  /// @param refusals of each node
  static String message(List<List<String>> refusals) {
    if (refusals.isEmpty()) {
      return "no nodes available to schedule pods";
    }
    Map<String, Integer> counts = new TreeMap<>();
    refusals.forEach(node -> node.forEach(refusal -> counts.merge(refusal, 1, Integer::sum)));
    String reasons =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
    String none = "0/" + refusals.size() + " nodes are available: ";
    return none
        + reasons
        + ". no new claims to deallocate, preemption: "
        + none
        + refusals.size()
        + " Preemption is not helpful for scheduling.";
  }

  private static boolean affine(JsonNode spec, JsonNode node) {
    Map<String, String> labels = Meta.labels(node);
    if (!labels.entrySet().containsAll(Meta.texts(spec.path("nodeSelector")).entrySet())) {
      return false;
    }
    JsonNode required =
        spec.path("affinity")
            .path("nodeAffinity")
            .path("requiredDuringSchedulingIgnoredDuringExecution");
    if (!required.isObject()) {
      return true;
    }
    for (JsonNode term : required.path("nodeSelectorTerms")) {
      if (matches(term, node, labels)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(JsonNode term, JsonNode node, Map<String, String> labels) {
    if (term.path("matchExpressions").isEmpty() && term.path("matchFields").isEmpty()) {
      return false;
    }
    for (JsonNode expression : term.path("matchExpressions")) {
      if (!holds(expression, labels.get(expression.path("key").asText()))) {
        return false;
      }
    }
    for (JsonNode field : term.path("matchFields")) {
      if (!holds(
          field, field.path("key").asText().equals("metadata.name") ? Meta.name(node) : null)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(JsonNode expression, String value) {
    List<String> values = new ArrayList<>();
    expression.path("values").forEach(each -> values.add(each.asText()));
    return switch (expression.path("operator").asText()) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" ->
          number(value)
              && number(values.getFirst())
              && Long.parseLong(value) > Long.parseLong(values.getFirst());
      case "Lt" ->
          number(value)
              && number(values.getFirst())
              && Long.parseLong(value) < Long.parseLong(values.getFirst());
      default -> false;
    };
  }

  private static boolean number(String text) {
    return text != null && text.matches("-?\\d{1,18}");
  }

  private static boolean tolerates(JsonNode pod, String key, String value, String effect) {
    for (JsonNode toleration : pod.path("spec").path("tolerations")) {
      String wanted = toleration.path("key").asText("");
      boolean exists = toleration.path("operator").asText("Equal").equals("Exists");
      boolean keyFits = wanted.isEmpty() ? exists : wanted.equals(key);
      boolean effectFits =
          toleration.path("effect").asText("").isEmpty()
              || toleration.path("effect").asText().equals(effect);
      if (keyFits && effectFits && (exists || toleration.path("value").asText("").equals(value))) {
        return true;
      }
    }
    return false;
  }
}
