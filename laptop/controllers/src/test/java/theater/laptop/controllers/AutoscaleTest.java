package theater.laptop.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// A Deployment that follows what its pods use.
class AutoscaleTest extends Shop {
  private static final ResourceType HPA = ResourceTypes.HORIZONTAL_POD_AUTOSCALER;
  private static final String BUSY =
      WEB.replace(
          "{name: main, image: one}",
          "{name: main, image: one, resources: {requests: {cpu: 100m}}}");

  @Override
  List<ResourceType> types() {
    List<ResourceType> all = new ArrayList<>(super.types());
    all.add(HPA);
    return all;
  }

  @Test
  void twiceTheTargetMakesTwiceThePods() throws Exception {
    create(ResourceTypes.DEPLOYMENT, BUSY);
    await("two pods", () -> pods().size() == 2);
    for (ObjectNode pod : pods()) {
      ready(pod, "127.1.1.1");
      used(pod, "100m");
    }
    create(HPA, hpa("Deployment"));
    await("four pods", () -> pods().size() == 4);
    await(
        "the status says so",
        () ->
            condition("ScalingActive", "ValidMetricFound")
                && condition("AbleToScale", "SucceededRescale")
                && condition("ScalingLimited", "DesiredWithinRange")
                && hpa().path("status").has("lastScaleTime"));
    assertThat(hpa().path("status").path("desiredReplicas").asInt()).isEqualTo(4);
    assertThat(hpa().at("/status/currentMetrics/0/resource/current/averageUtilization").asInt())
        .isEqualTo(100);
    String metric = "cpu resource utilization (percentage of request)";
    assertThat(hpa().path("status").path("conditions").findValuesAsText("message"))
        .contains(
            "the HPA controller was able to update the target scale to 4",
            "the HPA was able to successfully calculate a replica count from " + metric);
    awaitEvent("SuccessfulRescale", "New size: 4; reason: " + metric + " above target");
  }

  @Test
  void aTargetOutsideTheBoundsIsBroughtInside() throws Exception {
    create(ResourceTypes.DEPLOYMENT, BUSY);
    create(HPA, hpa("Deployment").replace("minReplicas: 1", "minReplicas: 3"));
    await("three pods", () -> pods().size() == 3);
    awaitEvent(
        "SuccessfulRescale",
        "New size: 3; reason: Current number of replicas below Spec.MinReplicas");
  }

  @Test
  void withoutRequestsItSaysWhatIsMissing() throws Exception {
    create(ResourceTypes.DEPLOYMENT, WEB);
    await("two pods", () -> pods().size() == 2);
    for (ObjectNode pod : pods()) {
      ready(pod, "127.1.1.1");
      used(pod, "100m");
    }
    create(HPA, hpa("Deployment"));
    await("refused", () -> condition("ScalingActive", "FailedGetResourceMetric"));
    String why = "failed to get cpu utilization: missing request for cpu in container main of Pod ";
    assertThat(hpa().path("status").path("conditions").toString())
        .contains("the HPA was unable to compute the replica count: " + why);
    awaitEvent("FailedGetResourceMetric", why);
    awaitEvent(
        "FailedComputeMetricsReplicas",
        "invalid metrics (1 invalid out of 1), first error is: " + why);
    assertThat(pods()).hasSize(2);
  }

  @Test
  void withoutMeasuresItSaysSo() throws Exception {
    create(ResourceTypes.DEPLOYMENT, BUSY);
    await("two pods", () -> pods().size() == 2);
    create(HPA, hpa("Deployment"));
    awaitEvent(
        "FailedGetResourceMetric",
        "failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API");
  }

  @Test
  void whatCannotBeScaledIsSaid() throws Exception {
    create(HPA, hpa("StatefulSet"));
    await("refused", () -> condition("AbleToScale", "FailedGetScale"));
  }

  private static String hpa(String kind) {
    return """
    metadata: {name: web, namespace: shop}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: KIND, name: web}
      minReplicas: 1
      maxReplicas: 10
      metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
    """
        .replace("KIND", kind);
  }

  private void awaitEvent(String reason, String start) throws Exception {
    await(
        reason + ": " + start,
        () ->
            api.list(ResourceTypes.EVENT, "shop", null).items().stream()
                .filter(event -> event.path("reason").asText().equals(reason))
                .anyMatch(event -> event.path("message").asText().startsWith(start)));
  }

  private ObjectNode hpa() {
    return api.get(HPA, "shop", "web");
  }

  private boolean condition(String type, String reason) {
    for (var condition : hpa().path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("reason").asText().equals(reason);
      }
    }
    return false;
  }

  private void used(ObjectNode pod, String cpu) {
    create(
        ResourceTypes.POD_METRICS,
        "{metadata: {name: "
            + Meta.name(pod)
            + ", namespace: shop}, containers: [{name: main, usage: {cpu: "
            + cpu
            + ", memory: 10Mi}}]}");
  }
}
