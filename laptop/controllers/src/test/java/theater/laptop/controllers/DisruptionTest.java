package theater.laptop.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// What a PodDisruptionBudget allows.
class DisruptionTest extends Shop {

  @Override
  List<ResourceType> types() {
    List<ResourceType> types = new ArrayList<>(super.types());
    types.add(ResourceTypes.POD_DISRUPTION_BUDGET);
    return types;
  }

  @Test
  void healthyPodsAboveTheBoundMayGo() throws Exception {
    create(ResourceTypes.DEPLOYMENT, WEB);
    create(
        ResourceTypes.POD_DISRUPTION_BUDGET,
        "{metadata: {name: b, namespace: shop, generation: 1}, spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}}");
    await("two pods", () -> pods().size() == 2);
    await("none is healthy", () -> is(2, 0, 1, 0));
    ready(pods().getFirst(), "127.1.7.1");
    await("one is needed", () -> is(2, 1, 1, 0));
    assertThat(budget().path("conditions").path(0).path("reason").asText())
        .isEqualTo("InsufficientPods");
    ready(pods().getLast(), "127.1.8.1");
    await("one may go", () -> is(2, 2, 1, 1));
    assertThat(budget().path("conditions").path(0).path("reason").asText())
        .isEqualTo("SufficientPods");
    assertThat(budget().path("observedGeneration").asInt()).isEqualTo(1);
  }

  @Test
  void sharesAreOfWhatTheDeploymentWants() throws Exception {
    create(ResourceTypes.DEPLOYMENT, WEB.replace("replicas: 2", "replicas: 3"));
    create(
        ResourceTypes.POD_DISRUPTION_BUDGET,
        "{metadata: {name: b, namespace: shop}, spec: {maxUnavailable: 34%, selector: {matchLabels: {app: web}}}}");
    await("three pods", () -> pods().size() == 3);
    pods().forEach(pod -> ready(pod, "127.1.7.1"));
    await("two may go: 34 % of 3, rounded up", () -> is(3, 3, 1, 2));
  }

  @Test
  void anEvictedPodIsNotHealthyBeforeItsDeletionIsSeen() throws Exception {
    create(
        ResourceTypes.POD,
        "{metadata: {name: p, namespace: shop, labels: {app: web}}, spec: {containers: [{name: main}]}}");
    ready(pods().getFirst(), "127.1.7.1");
    create(
        ResourceTypes.POD_DISRUPTION_BUDGET,
        "{metadata: {name: b, namespace: shop}, spec: {minAvailable: 0, selector: {}}}");
    await("it may go", () -> is(1, 1, 0, 1));
    api.mergePatch(
        ResourceTypes.POD_DISRUPTION_BUDGET,
        "shop",
        "b",
        "status",
        yaml(
            "status: {disruptionsAllowed: 0, disruptedPods: {p: '2999-01-01T00:00:00Z', gone: '2999-01-01T00:00:00Z'}}"));
    await("it counts no more", () -> is(1, 0, 0, 0));
    assertThat(budget().path("disruptedPods").properties()).hasSize(1);
    api.delete(ResourceTypes.POD, "shop", Meta.name(pods().getFirst()), null, 0);
    await("it is gone", () -> is(0, 0, 0, 0));
    assertThat(budget().has("disruptedPods")).isFalse();
  }

  private JsonNode budget() {
    return api.get(ResourceTypes.POD_DISRUPTION_BUDGET, "shop", "b").path("status");
  }

  private boolean is(int expected, int healthy, int desired, int allowed) {
    JsonNode status = budget();
    return status.path("expectedPods").asInt(-1) == expected
        && status.path("currentHealthy").asInt(-1) == healthy
        && status.path("desiredHealthy").asInt(-1) == desired
        && status.path("disruptionsAllowed").asInt(-1) == allowed;
  }
}
