package theater.laptop.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// A Deployment from its first pod to its last.
class DeploymentTest extends Shop {
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
    assertThat(sets.getFirst().path("metadata").has("ownerReferences")).isFalse();
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
}
