package theater.laptop.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// Pods, nodes, endpoints, namespaces and claims.
class ControllersTest extends Shop {

  @Test
  void aPodThatFitsNoNodeSaysWhyAndIsBoundWhenANodeChanges() throws Exception {
    create(
        ResourceTypes.POD,
        "{metadata: {name: p, namespace: shop}, spec: {nodeSelector: {cluster-name: ctx2}, containers: [{name: main}]}}");
    await(
        "unschedulable",
        () ->
            Pods.condition(pods().getFirst(), "PodScheduled")
                .path("reason")
                .asText()
                .equals("Unschedulable"));
    assertThat(Pods.condition(pods().getFirst(), "PodScheduled").path("message").asText())
        .isEqualTo("0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.");
    await("an event", () -> reasons().contains("FailedScheduling"));
    api.mergePatch(
        ResourceTypes.NODE, null, "node-1", null, yaml("metadata: {labels: {cluster-name: ctx2}}"));
    await("bound", () -> pods().getFirst().path("spec").path("nodeName").asText().equals("node-1"));
    await("an event", () -> reasons().contains("Scheduled"));
  }

  @Test
  void endpointsFollowReadinessAndDeletion() throws Exception {
    create(
        ResourceTypes.SERVICE,
        "{metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: web}]}}");
    await("an empty slice", () -> slices().size() == 1);
    create(
        ResourceTypes.POD,
        "{metadata: {name: p, namespace: shop, labels: {app: web}}, spec: {containers: [{name: main, ports: [{name: web, containerPort: 8080}]}]}}");
    await("bound", () -> pods().getFirst().path("spec").has("nodeName"));
    ready(pods().getFirst(), "127.1.7.1");
    await("ready", () -> endpoint().path("conditions").path("ready").asBoolean());
    assertThat(endpoint().path("addresses").path(0).asText()).isEqualTo("127.1.7.1");
    assertThat(endpoint().path("zone").asText()).isEqualTo("kr-1");
    assertThat(slices().getFirst().path("ports").path(0).path("port").asInt()).isEqualTo(8080);
    api.delete(ResourceTypes.POD, "shop", "p", null, null);
    await("terminating", () -> endpoint().path("conditions").path("terminating").asBoolean());
    assertThat(endpoint().path("conditions").path("ready").asBoolean()).isFalse();
    assertThat(endpoint().path("conditions").path("serving").asBoolean()).isTrue();
    api.delete(ResourceTypes.POD, "shop", "p", null, 0);
    await("no endpoint", () -> slices().getFirst().path("endpoints").isEmpty());
    api.delete(ResourceTypes.SERVICE, "shop", "web", null, null);
    await("no slice", () -> slices().isEmpty());
  }

  @Test
  void aNamespaceHasAnAccountAndTakesEverythingAlong() throws Exception {
    create(ResourceTypes.NAMESPACE, "{metadata: {name: shop}, spec: {finalizers: [kubernetes]}}");
    await(
        "an account", () -> api.find(ResourceTypes.SERVICE_ACCOUNT, "shop", "default").isPresent());
    create(ResourceTypes.DEPLOYMENT, WEB);
    create(ResourceTypes.CONFIG_MAP, "metadata: {name: c, namespace: shop}");
    await(
        "pods",
        () ->
            pods().size() == 2
                && pods().stream().allMatch(pod -> pod.path("spec").has("nodeName")));
    api.delete(ResourceTypes.NAMESPACE, null, "shop", null, null);
    await(
        "terminating",
        () ->
            api.find(ResourceTypes.NAMESPACE, null, "shop")
                .orElseThrow()
                .path("status")
                .path("phase")
                .asText()
                .equals("Terminating"));
    await("pods ending", () -> !pods().isEmpty() && pods().stream().allMatch(Meta::deleting));
    pods().forEach(pod -> api.delete(ResourceTypes.POD, "shop", Meta.name(pod), null, 0));
    await("gone", () -> api.find(ResourceTypes.NAMESPACE, null, "shop").isEmpty());
    assertThat(api.find(ResourceTypes.CONFIG_MAP, "shop", "c")).isEmpty();
  }

  @Test
  void everyClaimIsBound() throws Exception {
    create(
        ResourceTypes.PERSISTENT_VOLUME_CLAIM,
        "{metadata: {name: data, namespace: shop}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}");
    await(
        "bound",
        () ->
            api.get(ResourceTypes.PERSISTENT_VOLUME_CLAIM, "shop", "data")
                .path("status")
                .path("phase")
                .asText()
                .equals("Bound"));
  }
}
