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
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;
import theater.kube.fake.FakeKubeApi;

/// All controllers together on a fake API server; the test plays the node.
abstract class Shop {
  static final String WEB =
      """
      metadata: {name: web, namespace: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}
        template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: one}]}}
      """;

  final FakeKubeApi api = new FakeKubeApi();
  private final Controllers controllers =
      new Controllers(api, this::types, new Published("PEM", 6441));

  List<ResourceType> types() {
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
        ResourceTypes.ENDPOINTS,
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

  void await(String what, BooleanSupplier condition) throws InterruptedException {
    assertThat(api.await(condition, 20)).as(what).isTrue();
  }

  void image(String image) {
    JsonNode patch =
        yaml("spec: {template: {spec: {containers: [{name: main, image: " + image + "}]}}}");
    api.mergePatch(ResourceTypes.DEPLOYMENT, "shop", "web", null, patch);
  }

  void ready(ObjectNode pod, String podIp) {
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

  ObjectNode deployment() {
    return api.get(ResourceTypes.DEPLOYMENT, "shop", "web");
  }

  JsonNode status() {
    return deployment().path("status");
  }

  String condition(String type) {
    for (JsonNode condition : status().path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("reason").asText();
      }
    }
    return "";
  }

  Map<String, String> revisions() {
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

  List<ObjectNode> pods() {
    return api.list(ResourceTypes.POD, "shop", null).items();
  }

  List<ObjectNode> slices() {
    return api.list(ResourceTypes.ENDPOINT_SLICE, "shop", null).items();
  }

  JsonNode endpoint() {
    return slices().getFirst().path("endpoints").path(0);
  }

  TreeSet<String> reasons() {
    TreeSet<String> reasons = new TreeSet<>();
    api.list(ResourceTypes.EVENT, null, null)
        .items()
        .forEach(event -> reasons.add(event.path("reason").asText()));
    return reasons;
  }

  void create(ResourceType type, String text) {
    api.create(type, yaml(text));
  }

  static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
