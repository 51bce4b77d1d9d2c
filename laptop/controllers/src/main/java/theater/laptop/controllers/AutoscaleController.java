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
import theater.kube.Canonical;
import theater.kube.EventRecorder;
import theater.kube.KubeApi;
import theater.kube.LabelSelector;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// Gives a Deployment or ReplicaSet as many pods as their use of processor or memory asks for
/// (Kubernetes: HorizontalPodAutoscaler).
final class AutoscaleController implements WorkQueue.Reconciler {
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final ResourceType HPA = ResourceTypes.HORIZONTAL_POD_AUTOSCALER;
  private final KubeApi api;
  private final EventRecorder events;
  private final Clock clock;
  private final Map<String, ScalingPace> paces = new HashMap<>();
  private final Map<String, Instant> looked = new HashMap<>();

  AutoscaleController(KubeApi api, EventRecorder events, Clock clock) {
    this.api = api;
    this.events = events;
    this.clock = clock;
  }

  /// Its own writes of the status come back as changes: the period is kept all the same.
  @Override
  public Duration reconcile(WorkQueue.Key key) {
    ObjectNode hpa = Found.get(api, HPA, key).orElse(null);
    if (hpa == null) {
      return null;
    }
    Instant now = clock.instant();
    String seen = Meta.uid(hpa) + " " + hpa.path("spec");
    Instant last = looked.get(seen);
    if (last != null && now.isBefore(last.plus(PERIOD))) {
      return last.equals(now) ? PERIOD : null;
    }
    looked.keySet().removeIf(each -> each.startsWith(Meta.uid(hpa)));
    looked.put(seen, now);
    AutoscaleStatus status = new AutoscaleStatus(hpa.path("status"), now);
    scale(hpa, status, now);
    ObjectNode next = status.json();
    if (!Canonical.equal(next, hpa.path("status"))) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      ObjectNode change = patch.putObject("status");
      hpa.path("status").fieldNames().forEachRemaining(field -> change.putNull(field));
      change.setAll(next);
      api.mergePatch(HPA, Meta.namespace(hpa), Meta.name(hpa), "status", patch);
    }
    return PERIOD;
  }

  private void scale(ObjectNode hpa, AutoscaleStatus status, Instant now) {
    JsonNode spec = hpa.path("spec");
    JsonNode reference = spec.path("scaleTargetRef");
    ResourceType type = type(reference.path("kind").asText());
    String name = reference.path("name").asText();
    ObjectNode target =
        type == null ? null : Found.get(api, type, Meta.namespace(hpa), name).orElse(null);
    if (target == null) {
      String why =
          type == null
              ? "no kind here can be scaled but Deployment and ReplicaSet; scaleTargetRef.kind is "
                  + reference.path("kind").asText()
              : type.plural() + ".apps \"" + name + "\" not found";
      status.replicas(hpa.path("status").path("currentReplicas").asInt(), 0);
      status.condition(
          "AbleToScale",
          false,
          "FailedGetScale",
          "the HPA controller was unable to get the target's current scale: " + why);
      events.warning(HPA, hpa, "FailedGetScale", why);
      return;
    }
    int current = target.path("spec").path("replicas").asInt(1);
    status.condition(
        "AbleToScale",
        true,
        "SucceededGetScale",
        "the HPA controller was able to get the target's current scale");
    if (current == 0) {
      status.replicas(0, 0);
      status.condition(
          "ScalingActive",
          false,
          "ScalingDisabled",
          "scaling is disabled since the replica count of the target is zero");
      return;
    }
    int least = spec.path("minReplicas").asInt(1);
    int most = spec.path("maxReplicas").asInt();
    ScalingPace pace = paces.computeIfAbsent(Meta.uid(hpa), key -> new ScalingPace());
    int next;
    String reason;
    if (current > most || current < least) {
      next = current > most ? most : least;
      reason =
          current > most
              ? "Current number of replicas above Spec.MaxReplicas"
              : "Current number of replicas below Spec.MinReplicas";
    } else {
      try {
        Wish wish = wish(hpa, target, current, status);
        ScalingPace.Step step = pace.step(spec, current, wish.replicas(), now);
        condition(status, "AbleToScale", true, step.pace());
        condition(status, "ScalingLimited", step.limit().held(), step.limit());
        next = step.replicas();
        reason =
            wish.replicas() > current
                ? wish.metric() + " above target"
                : "All metrics below target";
      } catch (ResourceDemand.Unknown e) {
        status.replicas(current, current);
        unknown(hpa, status, e.getMessage());
        return;
      }
    }
    status.replicas(current, next);
    if (next != current) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("spec").put("replicas", next);
      api.mergePatch(type, Meta.namespace(hpa), name, null, patch);
      pace.changed(next - current, now);
      status.scaled();
      status.condition(
          "AbleToScale",
          true,
          "SucceededRescale",
          "the HPA controller was able to update the target scale to " + next);
      events.normal(HPA, hpa, "SuccessfulRescale", "New size: " + next + "; reason: " + reason);
    }
  }

  private static void condition(
      AutoscaleStatus status, String type, boolean holds, ScalingPace.Verdict verdict) {
    status.condition(type, holds, verdict.reason(), verdict.message());
  }

  private void unknown(ObjectNode hpa, AutoscaleStatus status, String why) {
    JsonNode metrics = hpa.path("spec").path("metrics");
    String reason =
        metrics.path(0).path("type").asText().equals("ContainerResource")
            ? "FailedGetContainerResourceMetric"
            : "FailedGetResourceMetric";
    status.condition(
        "ScalingActive", false, reason, "the HPA was unable to compute the replica count: " + why);
    events.warning(HPA, hpa, reason, why);
    events.warning(
        HPA,
        hpa,
        "FailedComputeMetricsReplicas",
        "invalid metrics (1 invalid out of " + metrics.size() + "), first error is: " + why);
  }

  /// @param metric the one that asks for the most
  private record Wish(int replicas, String metric) {}

  private Wish wish(ObjectNode hpa, ObjectNode target, int current, AutoscaleStatus status)
      throws ResourceDemand.Unknown {
    String namespace = Meta.namespace(hpa);
    LabelSelector selector = LabelSelector.of(target.path("spec").path("selector"));
    List<ObjectNode> pods =
        api.list(ResourceTypes.POD, namespace, null).items().stream()
            .filter(selector::matches)
            .toList();
    List<ObjectNode> measured = api.list(ResourceTypes.POD_METRICS, namespace, null).items();
    Wish most = new Wish(0, "");
    for (JsonNode metric : hpa.path("spec").path("metrics")) {
      String type = metric.path("type").asText();
      if (!type.equals("Resource") && !type.equals("ContainerResource")) {
        throw new ResourceDemand.Unknown(
            "metrics of type "
                + type
                + " are not known here; expected Resource or ContainerResource");
      }
      ResourceDemand demand = ResourceDemand.of(metric, current, pods, measured);
      status.measured(metric, demand);
      if (demand.replicas() > most.replicas() || most.metric().isEmpty()) {
        most = new Wish(demand.replicas(), ResourceDemand.name(metric));
      }
    }
    status.condition(
        "ScalingActive",
        true,
        "ValidMetricFound",
        "the HPA was able to successfully calculate a replica count from " + most.metric());
    return most.replicas() == 0 ? new Wish(current, most.metric()) : most;
  }

  private static ResourceType type(String kind) {
    return switch (kind) {
      case "Deployment" -> ResourceTypes.DEPLOYMENT;
      case "ReplicaSet" -> ResourceTypes.REPLICA_SET;
      default -> null;
    };
  }
}
