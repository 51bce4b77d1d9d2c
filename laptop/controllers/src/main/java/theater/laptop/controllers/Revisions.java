package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import theater.kube.Canonical;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// The ReplicaSets of a Deployment as its history, which `kubectl rollout history` and `undo` read.
/// Pure.
final class Revisions {
  static final String REVISION = "deployment.kubernetes.io/revision";
  static final String HASH = "pod-template-hash";
  private static final String HISTORY = "deployment.kubernetes.io/revision-history";
  private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  private static final String MAX = "deployment.kubernetes.io/max-replicas";
  private static final Set<String> NOT_COPIED =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          REVISION,
          HISTORY,
          DESIRED,
          MAX,
          "deprecated.deployment.rollback.to");

  private Revisions() {}

  /// 0 when it has none.
  static long revision(JsonNode object) {
    String text = Meta.annotations(object).getOrDefault(REVISION, "0");
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  /// Whether a ReplicaSet's template is the Deployment's, the hash label aside.
  static boolean sameTemplate(JsonNode set, JsonNode deployment) {
    ObjectNode template = set.path("spec").path("template").deepCopy();
    if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
      labels.remove(HASH);
    }
    return Canonical.equal(plain(template), plain(deployment.path("spec").path("template")));
  }

  /// Without what servers add to an empty metadata.
  private static JsonNode plain(JsonNode template) {
    ObjectNode copy = template.deepCopy();
    if (copy.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("creationTimestamp");
      if (metadata.path("labels").isEmpty()) {
        metadata.remove("labels");
      }
      if (metadata.isEmpty()) {
        copy.remove("metadata");
      }
    }
    return copy;
  }

  static ObjectNode replicaSet(
      ObjectNode deployment, List<? extends JsonNode> old, int size, int maxSurge) {
    JsonNode template = deployment.path("spec").path("template");
    String hash =
        Names.templateHash(template, deployment.path("status").path("collisionCount").asInt());
    ObjectNode set =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "apps/v1")
            .put("kind", "ReplicaSet");
    ObjectNode metadata =
        set.putObject("metadata")
            .put("name", Meta.name(deployment) + "-" + hash)
            .put("namespace", Meta.namespace(deployment));
    ObjectNode labels = metadata.putObject("labels");
    Meta.labels(template).forEach(labels::put);
    labels.put(HASH, hash);
    ObjectNode annotations = metadata.putObject("annotations");
    copied(deployment).forEach(annotations::put);
    int wanted = deployment.path("spec").path("replicas").asInt(1);
    annotations.put(DESIRED, String.valueOf(wanted)).put(MAX, String.valueOf(wanted + maxSurge));
    annotations.put(REVISION, String.valueOf(highest(old) + 1));
    metadata
        .putArray("ownerReferences")
        .add(Names.controlledBy(ResourceTypes.DEPLOYMENT, deployment));
    ObjectNode spec = set.putObject("spec").put("replicas", size);
    if (deployment.path("spec").path("minReadySeconds").asInt() > 0) {
      spec.set("minReadySeconds", deployment.path("spec").path("minReadySeconds"));
    }
    ObjectNode selector = spec.putObject("selector");
    selector.setAll((ObjectNode) deployment.path("spec").path("selector").deepCopy());
    ((ObjectNode)
            (selector.has("matchLabels")
                ? selector.path("matchLabels")
                : selector.putObject("matchLabels")))
        .put(HASH, hash);
    ObjectNode own = template.deepCopy();
    ObjectNode ownMetadata =
        own.path("metadata") instanceof ObjectNode present ? present : own.putObject("metadata");
    ObjectNode ownLabels =
        ownMetadata.path("labels") instanceof ObjectNode present
            ? present
            : ownMetadata.putObject("labels");
    ownLabels.put(HASH, hash);
    spec.set("template", own);
    return set;
  }

  /// What to write on the ReplicaSet of the present template: copied annotations, and a new
  /// revision when an older one is used again.
  static ObjectNode annotations(JsonNode deployment, JsonNode fresh, List<? extends JsonNode> old) {
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    Map<String, String> present = Meta.annotations(fresh);
    copied(deployment).forEach((name, value) -> change(changes, present, name, value));
    int wanted = deployment.path("spec").path("replicas").asInt(1);
    change(changes, present, DESIRED, String.valueOf(wanted));
    change(changes, present, MAX, String.valueOf(wanted + new Rollout(deployment).maxSurge()));
    long highest = highest(old);
    if (revision(fresh) <= highest) {
      changes.put(REVISION, String.valueOf(highest + 1));
      if (revision(fresh) > 0) {
        String history = present.getOrDefault(HISTORY, "");
        changes.put(
            HISTORY,
            history.isEmpty() ? String.valueOf(revision(fresh)) : history + "," + revision(fresh));
      }
    }
    return changes;
  }

  private static void change(
      ObjectNode changes, Map<String, String> present, String name, String value) {
    if (!value.equals(present.get(name))) {
      changes.put(name, value);
    }
  }

  private static Map<String, String> copied(JsonNode deployment) {
    Map<String, String> annotations = Meta.annotations(deployment);
    annotations.keySet().removeAll(NOT_COPIED);
    return annotations;
  }

  private static long highest(List<? extends JsonNode> sets) {
    return sets.stream().mapToLong(Revisions::revision).max().orElse(0);
  }
}
