package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.kube.Canonical;
import theater.kube.EventRecorder;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.KubeTime;
import theater.kube.LabelSelector;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// As many pods as a ReplicaSet asks for (Kubernetes: ReplicaSet).
final class ReplicaSetController implements WorkQueue.Reconciler {
  private final KubeApi api;
  private final EventRecorder events;
  private final Clock clock;

  ReplicaSetController(KubeApi api, EventRecorder events, Clock clock) {
    this.api = api;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Duration reconcile(WorkQueue.Key key) {
    ObjectNode set = Found.get(api, ResourceTypes.REPLICA_SET, key).orElse(null);
    if (set == null) {
      return null;
    }
    List<ObjectNode> pods = pods(set);
    if (!Meta.deleting(set)) {
      pods = scale(set, pods);
    }
    writeStatus(set, pods, "");
    long minReady = set.path("spec").path("minReadySeconds").asLong(0);
    boolean waiting =
        pods.stream()
            .anyMatch(pod -> Pods.ready(pod) && !Pods.available(pod, minReady, clock.instant()));
    return waiting ? Duration.ofSeconds(1) : null;
  }

  /// Its active pods; those without a controller that match become its own.
  private List<ObjectNode> pods(ObjectNode set) {
    LabelSelector selector = LabelSelector.of(set.path("spec").path("selector"));
    List<ObjectNode> mine = new ArrayList<>();
    for (ObjectNode pod : api.list(ResourceTypes.POD, Meta.namespace(set), null).items()) {
      String owner = Meta.controller(pod).path("uid").asText("");
      if (!Pods.active(pod)) {
        continue;
      }
      if (owner.equals(Meta.uid(set))) {
        if (selector.matches(pod)) {
          mine.add(pod);
        } else {
          own(pod, JsonNodeFactory.instance.arrayNode());
        }
      } else if (owner.isEmpty() && selector.matches(pod) && !Meta.deleting(set)) {
        mine.add(
            own(
                pod,
                JsonNodeFactory.instance
                    .arrayNode()
                    .add(Names.controlledBy(ResourceTypes.REPLICA_SET, set))));
      }
    }
    return mine;
  }

  private ObjectNode own(ObjectNode pod, JsonNode owners) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("uid", Meta.uid(pod)).set("ownerReferences", owners);
    return api.mergePatch(ResourceTypes.POD, Meta.namespace(pod), Meta.name(pod), null, patch);
  }

  private List<ObjectNode> scale(ObjectNode set, List<ObjectNode> pods) {
    int wanted = set.path("spec").path("replicas").asInt(1);
    List<ObjectNode> now = new ArrayList<>(pods);
    for (int i = pods.size(); i < wanted; i++) {
      try {
        ObjectNode pod = api.create(ResourceTypes.POD, pod(set));
        events.normal(
            ResourceTypes.REPLICA_SET, set, "SuccessfulCreate", "Created pod: " + Meta.name(pod));
        now.add(pod);
      } catch (KubeException e) {
        events.warning(
            ResourceTypes.REPLICA_SET, set, "FailedCreate", "Error creating: " + e.getMessage());
        writeStatus(set, now, e.getMessage());
        throw e;
      }
    }
    if (pods.size() > wanted) {
      for (ObjectNode pod :
          pods.stream().sorted(Pods.DELETE_FIRST).limit(pods.size() - wanted).toList()) {
        Found.delete(api, ResourceTypes.POD, pod);
        events.normal(
            ResourceTypes.REPLICA_SET, set, "SuccessfulDelete", "Deleted pod: " + Meta.name(pod));
        now.remove(pod);
      }
    }
    return now;
  }

  static ObjectNode pod(ObjectNode set) {
    JsonNode template = set.path("spec").path("template");
    ObjectNode pod =
        JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = pod.putObject("metadata");
    metadata
        .put("name", Names.random(Meta.name(set)))
        .put("generateName", Meta.name(set) + "-")
        .put("namespace", Meta.namespace(set));
    for (String field : List.of("labels", "annotations")) {
      if (template.path("metadata").path(field).isObject()) {
        metadata.set(field, template.path("metadata").path(field).deepCopy());
      }
    }
    metadata.putArray("ownerReferences").add(Names.controlledBy(ResourceTypes.REPLICA_SET, set));
    pod.set("spec", template.path("spec").deepCopy());
    return pod;
  }

  /// @param failure why pods cannot be made; empty when they can
  private void writeStatus(ObjectNode set, List<ObjectNode> pods, String failure) {
    long minReady = set.path("spec").path("minReadySeconds").asLong(0);
    Map<String, String> labels = Meta.labels(set.path("spec").path("template"));
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("replicas", pods.size());
    status.put(
        "fullyLabeledReplicas",
        pods.stream()
            .filter(pod -> Meta.labels(pod).entrySet().containsAll(labels.entrySet()))
            .count());
    status.put("readyReplicas", pods.stream().filter(Pods::ready).count());
    status.put(
        "availableReplicas",
        pods.stream().filter(pod -> Pods.available(pod, minReady, clock.instant())).count());
    status.put("observedGeneration", set.path("metadata").path("generation").asLong());
    if (!failure.isEmpty()) {
      status.putArray("conditions").add(failed(set, failure));
    }
    if (!Canonical.equal(status, set.path("status"))) {
      if (failure.isEmpty() && set.path("status").has("conditions")) {
        status.putNull("conditions");
      }
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.set("status", status);
      api.mergePatch(
          ResourceTypes.REPLICA_SET, Meta.namespace(set), Meta.name(set), "status", patch);
    }
  }

  private ObjectNode failed(ObjectNode set, String message) {
    JsonNode before = set.path("status").path("conditions").path(0);
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "ReplicaFailure")
        .put("status", "True")
        .put(
            "lastTransitionTime",
            before.path("lastTransitionTime").asText(KubeTime.text(clock.instant())))
        .put("reason", "FailedCreate")
        .put("message", message);
  }
}
