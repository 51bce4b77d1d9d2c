package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import theater.kube.EventRecorder;
import theater.kube.KubeApi;
import theater.kube.KubeTime;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// Binds each pod to the node that fits and has the fewest pods, or says why none does.
final class Scheduler implements WorkQueue.Reconciler {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
  private final KubeApi api;
  private final EventRecorder events;
  private final Clock clock;

  Scheduler(KubeApi api, EventRecorder events, Clock clock) {
    this.api = api;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Duration reconcile(WorkQueue.Key key) {
    ObjectNode pod = Found.get(api, ResourceTypes.POD, key).orElse(null);
    if (pod == null
        || Meta.deleting(pod)
        || Pods.ended(pod)
        || !pod.path("spec").path("nodeName").asText("").isEmpty()
        || !pod.path("spec")
            .path("schedulerName")
            .asText("default-scheduler")
            .equals("default-scheduler")) {
      return null;
    }
    List<List<String>> refusals = new ArrayList<>();
    List<ObjectNode> fitting = new ArrayList<>();
    for (ObjectNode node : api.list(ResourceTypes.NODE, null, null).items()) {
      List<String> why = NodeFit.refusals(pod, node);
      if (why.isEmpty()) {
        fitting.add(node);
      } else {
        refusals.add(why);
      }
    }
    if (fitting.isEmpty()) {
      refuse(pod, NodeFit.message(refusals));
      return LOOK_AGAIN;
    }
    bind(pod, fitting);
    return null;
  }

  private void bind(ObjectNode pod, List<ObjectNode> fitting) {
    Map<String, Integer> load = new HashMap<>();
    if (fitting.size() > 1) {
      api.list(ResourceTypes.POD, null, null)
          .items()
          .forEach(
              each -> load.merge(each.path("spec").path("nodeName").asText(""), 1, Integer::sum));
    }
    String node =
        fitting.stream()
            .map(each -> Meta.name(each))
            .min(
                Comparator.comparingInt((String name) -> load.getOrDefault(name, 0))
                    .thenComparing(Comparator.naturalOrder()))
            .orElseThrow();
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("uid", Meta.uid(pod));
    patch.putObject("spec").put("nodeName", node);
    api.mergePatch(ResourceTypes.POD, Meta.namespace(pod), Meta.name(pod), null, patch);
    events.normal(
        ResourceTypes.POD,
        pod,
        "Scheduled",
        "Successfully assigned " + Meta.key(pod) + " to " + node);
  }

  private void refuse(ObjectNode pod, String message) {
    events.warning(ResourceTypes.POD, pod, "FailedScheduling", message);
    JsonNode before = Pods.condition(pod, "PodScheduled");
    if (before.path("message").asText().equals(message)) {
      return;
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode status = patch.putObject("status").put("phase", "Pending");
    ArrayNode conditions = status.putArray("conditions");
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (!condition.path("type").asText().equals("PodScheduled")) {
        conditions.add(condition);
      }
    }
    ObjectNode condition =
        conditions
            .addObject()
            .put("type", "PodScheduled")
            .put("status", "False")
            .putNull("lastProbeTime");
    condition.put(
        "lastTransitionTime",
        before.path("lastTransitionTime").asText(KubeTime.text(clock.instant())));
    condition.put("reason", "Unschedulable").put("message", message);
    api.mergePatch(ResourceTypes.POD, Meta.namespace(pod), Meta.name(pod), "status", patch);
  }
}
