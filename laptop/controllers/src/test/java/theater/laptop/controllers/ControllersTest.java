package theater.laptop.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;
import theater.kube.fake.FakeKubeApi;

/// All controllers together on a fake API server; the test plays the node.
class ControllersTest {
  private static final String WEB =
      """
      metadata: {name: web, namespace: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}
        template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: one}]}}
      """;

  private final FakeKubeApi api = new FakeKubeApi();
  private final Controllers controllers = new Controllers(api, this::types);

  private List<ResourceType> types() {
    return List.of(
        ResourceTypes.NAMESPACE,
        ResourceTypes.NODE,
        ResourceTypes.POD,
        ResourceTypes.SERVICE,
        ResourceTypes.CONFIG_MAP,
        ResourceTypes.SERVICE_ACCOUNT,
        ResourceTypes.PERSISTENT_VOLUME_CLAIM,
        ResourceTypes.DEPLOYMENT,
        ResourceTypes.REPLICA_SET,
        ResourceTypes.ENDPOINT_SLICE,
        ResourceTypes.EVENT);
  }

  @BeforeEach
  void start() throws Exception {
    create(
        ResourceTypes.NODE,
        "metadata: {name: node-1, labels: {cluster-name: ctx1, topology.kubernetes.io/zone: kr-1}}");
    controllers.start();
  }

  @AfterEach
  void stop() {
    controllers.close();
  }

  @Test
  void aDeploymentBecomesPodsOnANodeAndRollsWithoutLosingThem() throws Exception {
    create(ResourceTypes.DEPLOYMENT, WEB);
    await(
        "two pods bound",
        () ->
            pods().size() == 2
                && pods().stream()
                    .allMatch(pod -> pod.path("spec").path("nodeName").asText().equals("node-1")));
    pods().forEach(pod -> ready(pod, "127.1.1.1"));
    await(
        "available",
        () ->
            status().path("availableReplicas").asInt() == 2
                && condition("Progressing").equals("NewReplicaSetAvailable"));
    assertThat(Meta.annotations(deployment()))
        .containsEntry("deployment.kubernetes.io/revision", "1");
    String first = Meta.labels(pods().getFirst()).get("pod-template-hash");

    image("two");
    await("one new pod", () -> pods().size() == 3);
    assertThat(
            pods().stream()
                .filter(pod -> Meta.labels(pod).get("pod-template-hash").equals(first))
                .count())
        .isEqualTo(2);
    boolean done =
        api.await(
            () -> {
              pods().stream()
                  .filter(pod -> !Pods.ready(pod) && Pods.active(pod))
                  .forEach(pod -> ready(pod, "127.1.2.1"));
              pods().stream()
                  .filter(Meta::deleting)
                  .forEach(pod -> api.delete(ResourceTypes.POD, "shop", Meta.name(pod), null, 0));
              return status().path("updatedReplicas").asInt() == 2
                  && status().path("replicas").asInt() == 2
                  && condition("Progressing").equals("NewReplicaSetAvailable");
            },
            30);
    assertThat(done).as(deployment().toPrettyString()).isTrue();
    assertThat(pods())
        .allMatch(pod ->
            pod.path("spec").path("containers").path(0).path("image").asText().equals("two"));

    image("one");
    await(
        "the old template's third revision",
        () -> revisions().equals(new TreeMap<>(Map.of("one", "3", "two", "2"))));
  }

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
  void aDeletedDeploymentTakesItsReplicaSetsAndPodsAlong() throws Exception {
    create(ResourceTypes.DEPLOYMENT, WEB);
    await("pods", () -> pods().size() == 2);
    api.delete(ResourceTypes.DEPLOYMENT, "shop", "web", null, null);
    await(
        "no replica set", () -> api.list(ResourceTypes.REPLICA_SET, null, null).items().isEmpty());
    await("pods ending", () -> pods().stream().allMatch(Meta::deleting));
  }

  @Test
  void anOrphaningDeletionLeavesTheReplicaSet() throws Exception {
    create(ResourceTypes.DEPLOYMENT, WEB);
    await("pods", () -> pods().size() == 2);
    api.mergePatch(
        ResourceTypes.DEPLOYMENT, "shop", "web", null, yaml("metadata: {finalizers: [orphan]}"));
    api.delete(ResourceTypes.DEPLOYMENT, "shop", "web", null, null);
    await("gone", () -> api.find(ResourceTypes.DEPLOYMENT, "shop", "web").isEmpty());
    List<ObjectNode> sets = api.list(ResourceTypes.REPLICA_SET, null, null).items();
    assertThat(sets).hasSize(1);
    assertThat(sets.getFirst().path("metadata").path("ownerReferences")).isEmpty();
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

  @Test
  void whatIsTrueIsNotWrittenAgain() throws Exception {
    create(ResourceTypes.DEPLOYMENT, WEB);
    create(
        ResourceTypes.SERVICE,
        "{metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{port: 80}]}}");
    await(
        "two pods",
        () ->
            pods().size() == 2
                && pods().stream().allMatch(pod -> pod.path("spec").has("nodeName")));
    pods().forEach(pod -> ready(pod, "127.1.1.1"));
    await("available", () -> condition("Progressing").equals("NewReplicaSetAvailable"));
    long before = api.changes();
    create(ResourceTypes.CONFIG_MAP, "metadata: {name: mark, namespace: shop}");
    api.mergePatch(
        ResourceTypes.DEPLOYMENT, "shop", "web", null, yaml("metadata: {labels: {x: y}}"));
    api.mergePatch(ResourceTypes.SERVICE, "shop", "web", null, yaml("metadata: {labels: {x: y}}"));
    create(
        ResourceTypes.PERSISTENT_VOLUME_CLAIM,
        "{metadata: {name: last, namespace: shop}, spec: {}}");
    await(
        "the claim, which comes last, is bound",
        () ->
            api.get(ResourceTypes.PERSISTENT_VOLUME_CLAIM, "shop", "last")
                .path("status")
                .has("phase"));
    // Four writes of the test, two of the claim; events are written beside.
    assertThat(api.changes() - before).isBetween(6L, 12L);
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    assertThat(api.await(condition, 20)).as(what).isTrue();
  }

  private void image(String image) {
    JsonNode patch =
        yaml("spec: {template: {spec: {containers: [{name: main, image: " + image + "}]}}}");
    api.mergePatch(ResourceTypes.DEPLOYMENT, "shop", "web", null, patch);
  }

  private void ready(ObjectNode pod, String podIp) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode status = patch.putObject("status").put("phase", "Running").put("podIP", podIp);
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("lastTransitionTime", "2026-01-01T00:00:00Z");
    api.mergePatch(ResourceTypes.POD, Meta.namespace(pod), Meta.name(pod), "status", patch);
  }

  private ObjectNode deployment() {
    return api.get(ResourceTypes.DEPLOYMENT, "shop", "web");
  }

  private JsonNode status() {
    return deployment().path("status");
  }

  private String condition(String type) {
    for (JsonNode condition : status().path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("reason").asText();
      }
    }
    return "";
  }

  private Map<String, String> revisions() {
    Map<String, String> revisions = new TreeMap<>();
    for (ObjectNode set : api.list(ResourceTypes.REPLICA_SET, "shop", null).items()) {
      String image =
          set.path("spec")
              .path("template")
              .path("spec")
              .path("containers")
              .path(0)
              .path("image")
              .asText();
      revisions.put(image, Meta.annotations(set).get("deployment.kubernetes.io/revision"));
    }
    return revisions;
  }

  private List<ObjectNode> pods() {
    return api.list(ResourceTypes.POD, "shop", null).items();
  }

  private List<ObjectNode> slices() {
    return api.list(ResourceTypes.ENDPOINT_SLICE, "shop", null).items();
  }

  private JsonNode endpoint() {
    return slices().getFirst().path("endpoints").path(0);
  }

  private TreeSet<String> reasons() {
    TreeSet<String> reasons = new TreeSet<>();
    api.list(ResourceTypes.EVENT, null, null)
        .items()
        .forEach(event -> reasons.add(event.path("reason").asText()));
    return reasons;
  }

  private void create(ResourceType type, String text) {
    api.create(type, yaml(text));
  }

  private static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
