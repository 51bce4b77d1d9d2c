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
                && hpa().path("status").has("lastScaleTime"));
    assertThat(hpa().path("status").path("desiredReplicas").asInt()).isEqualTo(4);
    assertThat(hpa().at("/status/currentMetrics/0/resource/current/averageUtilization").asInt())
        .isEqualTo(100);
    await(
        "an event",
        () ->
            api.list(ResourceTypes.EVENT, "shop", null).items().stream()
                .anyMatch(event ->
                    event.path("message").asText().startsWith("New size: 4; reason: cpu")));
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
    assertThat(hpa().path("status").path("conditions").toString())
        .contains("missing request for cpu in container main of Pod web-");
    assertThat(pods()).hasSize(2);
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
