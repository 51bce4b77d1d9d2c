package theater.laptop.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import theater.kube.Meta;

/// Decisions without a server.
class RulesTest {
  private static final String ROLLING =
      "spec: {replicas: 4, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}}";

  @Test
  void percentagesAreRoundedUpForSurgeAndDownForUnavailable() {
    Rollout rollout =
        new Rollout(
            yaml(
                "spec: {replicas: 3, strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}}"));
    assertThat(rollout.maxSurge()).isEqualTo(1);
    assertThat(rollout.maxUnavailable()).isZero();
    Rollout neither =
        new Rollout(
            yaml(
                "spec: {replicas: 3, strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}}"));
    assertThat(neither.maxUnavailable()).isEqualTo(1);
  }

  @Test
  void aRolloutGrowsFirstAndShrinksOnlyWhatMayBeMissing() {
    Rollout rollout = new Rollout(yaml(ROLLING));
    assertThat(rollout.scales(set("new", 0, 0), List.of(set("old", 4, 4))))
        .isEqualTo(Map.of("new", 1));
    assertThat(rollout.scales(set("new", 1, 0), List.of(set("old", 4, 4))))
        .isEqualTo(Map.of("old", 3));
    assertThat(rollout.scales(set("new", 1, 1), List.of(set("old", 4, 4))))
        .isEqualTo(Map.of("old", 2));
    assertThat(rollout.scales(set("new", 2, 0), List.of(set("old", 3, 3)))).isEmpty();
  }

  @Test
  void oldPodsThatDoNotWorkGoFirst() {
    Rollout rollout = new Rollout(yaml(ROLLING));
    assertThat(rollout.scales(set("new", 1, 0), List.of(set("broken", 2, 0), set("fine", 2, 2))))
        .isEqualTo(Map.of("broken", 1));
  }

  @Test
  void pausedDeploymentsOnlyScale() {
    Rollout rollout = new Rollout(yaml("spec: {replicas: 5, paused: true}"));
    assertThat(rollout.scales(null, List.of(set("old", 2, 2)))).isEqualTo(Map.of("old", 5));
  }

  @Test
  void affinityAndTaintsAreCounted() {
    ObjectNode pod =
        yaml(
            "spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
                + "[{matchExpressions: [{key: cluster-name, operator: In, values: [ctx1]}, {key: old, operator: DoesNotExist}]}]}}}}");
    ObjectNode fits = yaml("metadata: {name: a, labels: {cluster-name: ctx1}}");
    ObjectNode other = yaml("metadata: {name: b, labels: {cluster-name: ctx1, old: 'yes'}}");
    ObjectNode cordoned =
        yaml("metadata: {labels: {cluster-name: ctx1}}\nspec: {unschedulable: true}");
    ObjectNode tainted =
        yaml(
            "metadata: {labels: {cluster-name: ctx1}}\nspec: {taints: [{key: k, value: v, effect: NoSchedule}]}");
    assertThat(NodeFit.refusals(pod, fits)).isEmpty();
    assertThat(
            NodeFit.message(
                List.of(
                    NodeFit.refusals(pod, other),
                    NodeFit.refusals(pod, cordoned),
                    NodeFit.refusals(pod, tainted))))
        .isEqualTo(
            "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, "
                + "1 node(s) had untolerated taint {k: v}, 1 node(s) were unschedulable. "
                + "no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.");
  }

  @Test
  void allThatANodeLacksIsTold() {
    ObjectNode pod = yaml("spec: {containers: [{resources: {requests: {cpu: '3', memory: 2Gi}}}]}");
    ObjectNode node = yaml("status: {allocatable: {cpu: '2', memory: 1Gi}}");
    assertThat(NodeFit.message(List.of(NodeFit.refusals(pod, node))))
        .startsWith("0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. ");
  }

  @Test
  void theYoungestUnreadyPodIsDeletedFirst() {
    ObjectNode ready =
        pod("ready", "2026-01-01T00:00:03Z", "conditions: [{type: Ready, status: 'True'}]");
    ObjectNode older = pod("older", "2026-01-01T00:00:01Z", "conditions: []");
    ObjectNode younger = pod("younger", "2026-01-01T00:00:02Z", "conditions: []");
    assertThat(
            List.of(ready, older, younger).stream()
                .sorted(Pods.DELETE_FIRST)
                .map(pod -> Meta.name(pod)))
        .containsExactly("younger", "older", "ready");
  }

  @Test
  void namedPortsAreLookedUpInEachPod() {
    ObjectNode service =
        yaml(
            "spec: {ports: [{name: http, port: 80, targetPort: web}, {name: raw, port: 6379}, {name: none, port: 1, targetPort: absent}]}");
    ObjectNode pod =
        yaml(
            "{metadata: {name: p}, spec: {containers: [{ports: [{name: web, containerPort: 8081}]}]}, status: {podIP: 127.1.1.1}}");
    EndpointSlices.Content content = EndpointSlices.of(service, List.of(pod), Map.of()).getFirst();
    assertThat(content.ports().findValuesAsText("port")).containsExactly("8081", "6379");
    assertThat(content.endpoints().path(0).path("conditions").path("ready").asBoolean()).isFalse();
  }

  @Test
  void hashesAndNamesDoNotDependOnTheOrderOfFields() {
    assertThat(Names.templateHash(yaml("{a: 1, b: 2}"), 0))
        .isEqualTo(Names.templateHash(yaml("{b: 2, a: 1}"), 0))
        .isNotEqualTo(Names.templateHash(yaml("{b: 2, a: 1}"), 1));
  }

  private static ObjectNode set(String name, int size, int available) {
    return yaml(
        "{metadata: {name: %s}, spec: {replicas: %d}, status: {replicas: %d, availableReplicas: %d}}"
            .formatted(name, size, size, available));
  }

  private static ObjectNode pod(String name, String created, String status) {
    return yaml(
        "{metadata: {name: %s, creationTimestamp: '%s'}, spec: {nodeName: n}, status: {phase: Running, %s}}"
            .formatted(name, created, status));
  }

  private static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
