package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import theater.kube.Canonical;
import theater.kube.EventRecorder;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// One ReplicaSet per pod template, and pods moved from the old ones to the newest (Kubernetes:
/// Deployment).
final class DeploymentController implements WorkQueue.Reconciler {
  private final KubeApi api;
  private final EventRecorder events;
  private final Clock clock;

  DeploymentController(KubeApi api, EventRecorder events, Clock clock) {
    this.api = api;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Duration reconcile(WorkQueue.Key key) {
    ObjectNode deployment = Found.get(api, ResourceTypes.DEPLOYMENT, key).orElse(null);
    if (deployment == null) {
      return null;
    }
    List<ObjectNode> sets = sets(deployment);
    ObjectNode fresh =
        sets.stream()
            .filter(set -> Revisions.sameTemplate(set, deployment))
            .findFirst()
            .orElse(null);
    if (Meta.deleting(deployment)) {
      writeStatus(deployment, fresh, sets);
      return null;
    }
    Rollout rollout = new Rollout(deployment);
    if (!deployment.path("spec").path("paused").asBoolean()) {
      List<ObjectNode> old = without(sets, fresh);
      boolean wait =
          fresh == null
              && rollout.recreate()
              && old.stream().anyMatch(set -> Rollout.size(set) > 0 || podsRemain(set));
      if (fresh != null) {
        fresh = revise(deployment, fresh, old);
      } else if (!wait) {
        fresh = create(deployment, rollout, old);
      } else {
        old.stream().filter(set -> Rollout.size(set) > 0).forEach(set -> scale(deployment, set, 0));
      }
    }
    List<ObjectNode> old = without(sets, fresh);
    for (Map.Entry<String, Integer> scale : rollout.scales(fresh, old).entrySet()) {
      ObjectNode set =
          fresh != null && Meta.name(fresh).equals(scale.getKey())
              ? fresh
              : named(old, scale.getKey());
      boolean waits =
          rollout.recreate()
              && set == fresh
              && scale.getValue() > Rollout.size(set)
              && old.stream().anyMatch(this::podsRemain);
      if (!waits) {
        scale(deployment, set, scale.getValue());
      }
    }
    writeStatus(deployment, fresh, old);
    removeHistory(deployment, old);
    boolean recreating = rollout.recreate() && old.stream().anyMatch(this::podsRemain);
    return recreating
        ? Duration.ofMillis(200)
        : unfinished(deployment, fresh) ? Duration.ofSeconds(10) : null;
  }

  private List<ObjectNode> sets(ObjectNode deployment) {
    List<ObjectNode> sets = new ArrayList<>();
    for (ObjectNode set :
        api.list(ResourceTypes.REPLICA_SET, Meta.namespace(deployment), null).items()) {
      if (Meta.controller(set).path("uid").asText().equals(Meta.uid(deployment))
          && !Meta.deleting(set)) {
        sets.add(set);
      } else if (Meta.controller(set).isMissingNode()
          && theater.kube.LabelSelector.of(deployment.path("spec").path("selector")).matches(set)
          && !Meta.deleting(set)
          && !Meta.deleting(deployment)) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch
            .putObject("metadata")
            .putArray("ownerReferences")
            .add(Names.controlledBy(ResourceTypes.DEPLOYMENT, deployment));
        sets.add(
            api.mergePatch(
                ResourceTypes.REPLICA_SET, Meta.namespace(set), Meta.name(set), null, patch));
      }
    }
    sets.sort(
        Comparator.comparing((ObjectNode set) -> Meta.created(set))
            .thenComparing(set -> Meta.name(set)));
    return sets;
  }

  private static List<ObjectNode> without(List<ObjectNode> sets, JsonNode fresh) {
    return sets.stream()
        .filter(set -> fresh == null || !Meta.uid(set).equals(Meta.uid(fresh)))
        .toList();
  }

  private static ObjectNode named(List<ObjectNode> sets, String name) {
    return sets.stream().filter(set -> Meta.name(set).equals(name)).findFirst().orElseThrow();
  }

  private boolean podsRemain(ObjectNode set) {
    return api.list(ResourceTypes.POD, Meta.namespace(set), null).items().stream()
        .anyMatch(pod ->
            !Pods.ended(pod) && Meta.controller(pod).path("uid").asText().equals(Meta.uid(set)));
  }

  private ObjectNode create(ObjectNode deployment, Rollout rollout, List<ObjectNode> old) {
    int total = old.stream().mapToInt(Rollout::size).sum();
    int wanted = deployment.path("spec").path("replicas").asInt(1);
    int size =
        rollout.recreate()
            ? wanted
            : Math.max(0, Math.min(wanted, wanted + rollout.maxSurge() - total));
    ObjectNode set = Revisions.replicaSet(deployment, old, size, rollout.maxSurge());
    ObjectNode created;
    try {
      created = api.create(ResourceTypes.REPLICA_SET, set);
    } catch (KubeException e) {
      if (e.code() == 409) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch
            .putObject("status")
            .put("collisionCount", deployment.path("status").path("collisionCount").asInt() + 1);
        api.mergePatch(
            ResourceTypes.DEPLOYMENT,
            Meta.namespace(deployment),
            Meta.name(deployment),
            "status",
            patch);
      }
      throw e;
    }
    annotate(deployment, Revisions.revision(created));
    if (size > 0) {
      events.normal(
          ResourceTypes.DEPLOYMENT,
          deployment,
          "ScalingReplicaSet",
          "Scaled up replica set " + Meta.name(created) + " from 0 to " + size);
    }
    return created;
  }

  /// A template from before gets a new revision number.
  private ObjectNode revise(ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old) {
    ObjectNode annotations = Revisions.annotations(deployment, fresh, old);
    ObjectNode now = fresh;
    if (!annotations.isEmpty()) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("metadata").set("annotations", annotations);
      now =
          api.mergePatch(
              ResourceTypes.REPLICA_SET, Meta.namespace(fresh), Meta.name(fresh), null, patch);
    }
    annotate(deployment, Revisions.revision(now));
    return now;
  }

  /// By the subresource `status`: other writes of annotations are a new generation.
  private void annotate(ObjectNode deployment, long revision) {
    if (Revisions.revision(deployment) != revision) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch
          .putObject("metadata")
          .putObject("annotations")
          .put(Revisions.REVISION, String.valueOf(revision));
      api.mergePatch(
          ResourceTypes.DEPLOYMENT,
          Meta.namespace(deployment),
          Meta.name(deployment),
          "status",
          patch);
    }
  }

  private void scale(ObjectNode deployment, ObjectNode set, int size) {
    int before = Rollout.size(set);
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("spec").put("replicas", size);
    set.setAll(
        api.mergePatch(
            ResourceTypes.REPLICA_SET, Meta.namespace(set), Meta.name(set), null, patch));
    String text =
        "Scaled "
            + (size > before ? "up" : "down")
            + " replica set "
            + Meta.name(set)
            + " from "
            + before
            + " to "
            + size;
    events.normal(ResourceTypes.DEPLOYMENT, deployment, "ScalingReplicaSet", text);
  }

  private void writeStatus(ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old) {
    ObjectNode status =
        new DeploymentStatus(deployment, clock.instant()).of(fresh, without(old, fresh));
    JsonNode before = deployment.path("status");
    if (Canonical.equal(status, before)) {
      return;
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode change = patch.putObject("status");
    before.fieldNames().forEachRemaining(field -> change.putNull(field));
    change.setAll(status);
    api.mergePatch(
        ResourceTypes.DEPLOYMENT,
        Meta.namespace(deployment),
        Meta.name(deployment),
        "status",
        patch);
  }

  private void removeHistory(ObjectNode deployment, List<ObjectNode> old) {
    int keep = deployment.path("spec").path("revisionHistoryLimit").asInt(10);
    List<ObjectNode> idle =
        old.stream()
            .filter(
                set -> Rollout.size(set) == 0 && set.path("status").path("replicas").asInt() == 0)
            .sorted(Comparator.comparingLong(Revisions::revision))
            .toList();
    idle.stream()
        .limit(Math.max(0, idle.size() - keep))
        .forEach(set -> Found.delete(api, ResourceTypes.REPLICA_SET, set));
  }

  private static boolean unfinished(ObjectNode deployment, ObjectNode fresh) {
    return fresh != null
        && fresh.path("status").path("availableReplicas").asInt()
            < deployment.path("spec").path("replicas").asInt(1);
  }
}
