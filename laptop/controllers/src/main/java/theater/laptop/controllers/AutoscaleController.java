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
      refuse(
          hpa,
          status,
          "AbleToScale",
          "FailedGetScale",
          "the HPA controller was unable to get the target's current scale: " + why);
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
    int wanted;
    try {
      wanted = wanted(hpa, target, current, status);
    } catch (ResourceDemand.Unknown e) {
      status.replicas(current, current);
      refuse(
          hpa,
          status,
          "ScalingActive",
          "FailedGetResourceMetric",
          "the HPA was unable to compute the replica count: " + e.getMessage());
      return;
    }
    ScalingPace pace = paces.computeIfAbsent(Meta.uid(hpa), key -> new ScalingPace());
    ScalingPace.Step step = pace.step(spec, current, wanted, now);
    boolean limited = !step.reason().isEmpty();
    status.condition(
        "ScalingLimited",
        limited,
        limited ? step.reason() : "DesiredWithinRange",
        limited ? step.message() : "the desired count is within the acceptable range");
    status.replicas(current, step.replicas());
    if (step.replicas() != current) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("spec").put("replicas", step.replicas());
      api.mergePatch(type, Meta.namespace(hpa), name, null, patch);
      pace.changed(step.replicas() - current, now);
      status.scaled();
      events.normal(
          HPA,
          hpa,
          "SuccessfulRescale",
          "New size: " + step.replicas() + "; reason: " + reason(spec, current, wanted));
    }
  }

  private static String reason(JsonNode spec, int current, int wanted) {
    if (wanted <= current) {
      return "All metrics below target";
    }
    JsonNode metric = spec.path("metrics").path(0);
    return (metric.has("containerResource")
                ? metric.path("containerResource")
                : metric.path("resource"))
            .path("name")
            .asText()
        + " resource utilization (percentage of request) above target";
  }

  private int wanted(ObjectNode hpa, ObjectNode target, int current, AutoscaleStatus status)
      throws ResourceDemand.Unknown {
    String namespace = Meta.namespace(hpa);
    LabelSelector selector = LabelSelector.of(target.path("spec").path("selector"));
    List<ObjectNode> pods =
        api.list(ResourceTypes.POD, namespace, null).items().stream()
            .filter(selector::matches)
            .toList();
    List<ObjectNode> measured = api.list(ResourceTypes.POD_METRICS, namespace, null).items();
    int most = 0;
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
      most = Math.max(most, demand.replicas());
    }
    status.condition(
        "ScalingActive",
        true,
        "ValidMetricFound",
        "the HPA was able to successfully calculate a replica count from its metrics");
    return most == 0 ? current : most;
  }

  private void refuse(
      ObjectNode hpa, AutoscaleStatus status, String condition, String reason, String message) {
    status.condition(condition, false, reason, message);
    events.warning(HPA, hpa, reason, message);
  }

  private static ResourceType type(String kind) {
    return switch (kind) {
      case "Deployment" -> ResourceTypes.DEPLOYMENT;
      case "ReplicaSet" -> ResourceTypes.REPLICA_SET;
      default -> null;
    };
  }
}
