package theater.laptop.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import theater.kube.EventRecorder;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.ResourceTypes;
import theater.kube.fake.FakeKubeApi;

/// A ReplicaSet whose pods the API server refuses, for example because their account is missing.
class RefusedPodsTest {
  private static final WorkQueue.Key KEY = new WorkQueue.Key("replicaset", "shop", "web-1");
  private static final String WHY =
      "pods \"web-1-\" is forbidden: error looking up service account shop/kim: serviceaccount \"kim\" not found";

  private final FakeKubeApi api = new FakeKubeApi();

  @Test
  void theReplicaSetTellsWhyAndForgetsItWhenThePodsCanBeMade() throws Exception {
    api.create(
        ResourceTypes.REPLICA_SET,
        Shop.yaml(
            """
            metadata: {name: web-1, namespace: shop}
            spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: kim}}}
            """));
    assertThatThrownBy(() -> reconcile(refusing())).isInstanceOf(KubeException.class);
    JsonNode condition = status().path("conditions").path(0);
    assertThat(condition.path("type").asText()).isEqualTo("ReplicaFailure");
    assertThat(condition.path("reason").asText()).isEqualTo("FailedCreate");
    assertThat(condition.path("message").asText()).isEqualTo(WHY);
    assertThat(
            api.await(
                () ->
                    api.list(ResourceTypes.EVENT, "shop", null).items().stream()
                        .anyMatch(event ->
                            event.path("message").asText().equals("Error creating: " + WHY)),
                20))
        .isTrue();
    ObjectNode deployment = Shop.yaml("{metadata: {name: web}, spec: {replicas: 2}}");
    ObjectNode set = api.get(ResourceTypes.REPLICA_SET, "shop", "web-1");
    assertThat(
            new DeploymentStatus(deployment, Instant.now())
                .of(set, List.of())
                .path("conditions")
                .findValuesAsText("type"))
        .contains("ReplicaFailure");
    reconcile(api);
    assertThat(api.list(ResourceTypes.POD, "shop", null).items()).hasSize(2);
    assertThat(status().has("conditions")).isFalse();
  }

  private JsonNode status() {
    return api.get(ResourceTypes.REPLICA_SET, "shop", "web-1").path("status");
  }

  private void reconcile(KubeApi server) throws InterruptedException {
    EventRecorder events = new EventRecorder(api, "replicaset-controller", "", Clock.systemUTC());
    new ReplicaSetController(server, events, Clock.systemUTC()).reconcile(KEY);
  }

  private KubeApi refusing() {
    return (KubeApi)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {KubeApi.class},
            (_, method, arguments) -> {
              if (method.getName().equals("create") && arguments[0].equals(ResourceTypes.POD)) {
                throw new KubeException(403, "Forbidden", WHY);
              }
              try {
                return method.invoke(api, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
