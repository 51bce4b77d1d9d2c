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
        .isEqualTo(
            "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, "
                + "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.");
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
  void aPodThatAsksForMoreThanTheNodeHasWaits() throws Exception {
    api.mergePatch(
        ResourceTypes.NODE,
        null,
        "node-1",
        "status",
        yaml("status: {allocatable: {cpu: '2', memory: 1Gi}}"));
    create(
        ResourceTypes.POD,
        "{metadata: {name: p, namespace: shop}, spec: {containers: [{name: main, resources: {requests: {cpu: 1500m}}}, {name: two, resources: {requests: {cpu: 501m}}}]}}");
    create(
        ResourceTypes.POD,
        "{metadata: {name: q, namespace: shop}, spec: {containers: [{name: main, resources: {requests: {cpu: 2, memory: 1Gi}}}]}}");
    await(
        "unschedulable",
        () ->
            Pods.condition(api.get(ResourceTypes.POD, "shop", "p"), "PodScheduled")
                .path("message")
                .asText()
                .startsWith("0/1 nodes are available: 1 Insufficient cpu. "));
    await("bound", () -> api.get(ResourceTypes.POD, "shop", "q").path("spec").has("nodeName"));
  }

  @Test
  void endpointsAreWrittenBesideTheSlices() throws Exception {
    create(
        ResourceTypes.SERVICE,
        "{metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}}");
    await("Endpoints", () -> api.find(ResourceTypes.ENDPOINTS, "shop", "web").isPresent());
    create(
        ResourceTypes.POD,
        "{metadata: {name: p, namespace: shop, labels: {app: web}}, spec: {containers: [{name: main}]}}");
    await("bound", () -> pods().getFirst().path("spec").has("nodeName"));
    api.mergePatch(ResourceTypes.POD, "shop", "p", "status", yaml("status: {podIP: 127.1.7.1}"));
    await("not ready", () -> subset().path("notReadyAddresses").size() == 1);
    ready(pods().getFirst(), "127.1.7.1");
    await("ready", () -> subset().path("addresses").size() == 1);
    assertThat(subset().has("notReadyAddresses")).isFalse();
    assertThat(subset().path("addresses").path(0).path("targetRef").path("name").asText())
        .isEqualTo("p");
    assertThat(subset().path("ports")).isEqualTo(yaml("l: [{protocol: TCP, port: 8080}]").get("l"));
    assertThat(Meta.labels(api.get(ResourceTypes.ENDPOINTS, "shop", "web")))
        .containsEntry("endpoints.kubernetes.io/managed-by", "endpoint-controller")
        .containsEntry("app", "web");
    api.delete(ResourceTypes.ENDPOINTS, "shop", "web", null, null);
    await("again", () -> subset().path("addresses").size() == 1);
    api.delete(ResourceTypes.SERVICE, "shop", "web", null, null);
    await("gone", () -> api.find(ResourceTypes.ENDPOINTS, "shop", "web").isEmpty());
  }

  private com.fasterxml.jackson.databind.JsonNode subset() {
    return api.find(ResourceTypes.ENDPOINTS, "shop", "web")
        .map(endpoints -> endpoints.path("subsets").path(0))
        .orElseGet(() -> yaml("{}"));
  }

  @Test
  void everyNamespaceHasTheRootCertificates() throws Exception {
    create(ResourceTypes.NAMESPACE, "{metadata: {name: shop}}");
    create(ResourceTypes.NAMESPACE, "{metadata: {name: kube-system}}");
    await(
        "both",
        () -> root("shop", "istio-ca-root-cert").path("root-cert.pem").asText().equals("PEM"));
    assertThat(root("shop", "kube-root-ca.crt").path("ca.crt").asText()).isEqualTo("PEM");
    await("one", () -> !root("kube-system", "kube-root-ca.crt").isEmpty());
    assertThat(root("kube-system", "istio-ca-root-cert")).isEmpty();
    api.delete(ResourceTypes.CONFIG_MAP, "shop", "kube-root-ca.crt", null, null);
    await("again", () -> !root("shop", "kube-root-ca.crt").isEmpty());
    api.mergePatch(
        ResourceTypes.CONFIG_MAP,
        "shop",
        "istio-ca-root-cert",
        null,
        yaml("data: {root-cert.pem: x}"));
    await(
        "back",
        () -> root("shop", "istio-ca-root-cert").path("root-cert.pem").asText().equals("PEM"));
  }

  private com.fasterxml.jackson.databind.JsonNode root(String namespace, String name) {
    return api.find(ResourceTypes.CONFIG_MAP, namespace, name)
        .map(map -> map.path("data"))
        .orElseGet(() -> yaml("{}"));
  }

  @Test
  void theApiServerIsAServiceThatStays() throws Exception {
    create(ResourceTypes.NAMESPACE, "{metadata: {name: default}}");
    await(
        "a slice",
        () -> api.find(ResourceTypes.ENDPOINT_SLICE, "default", "kubernetes").isPresent());
    assertThat(
            api.get(ResourceTypes.SERVICE, "default", "kubernetes")
                .at("/spec/ports/0/port")
                .asInt())
        .isEqualTo(443);
    api.delete(ResourceTypes.SERVICE, "default", "kubernetes", null, null);
    await("again", () -> api.find(ResourceTypes.SERVICE, "default", "kubernetes").isPresent());
    await(
        "Endpoints", () -> api.find(ResourceTypes.ENDPOINTS, "default", "kubernetes").isPresent());
    assertThat(
            api.get(ResourceTypes.ENDPOINTS, "default", "kubernetes")
                .at("/subsets/0/ports/0/port")
                .asInt())
        .isEqualTo(6441);
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
