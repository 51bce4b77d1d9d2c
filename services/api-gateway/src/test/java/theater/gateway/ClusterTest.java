package theater.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gateway before two API servers that speak list and watch.
class ClusterTest {
  private static final String VIRTUAL_SERVICE =
      """
      metadata: {name: user-service-vs, creationTimestamp: "2026-01-01T00:00:00Z"}
      spec:
        hosts: [user-service]
        http:
        - route:
          - {destination: {host: user-service, subset: ctx1}, weight: %d}
          - {destination: {host: user-service, subset: ctx2}, weight: %d}
      """;
  private static final String POD =
      """
      metadata: {name: %s, labels: {app: user-service, cluster: ctx1}}
      spec: {nodeName: node-1, containers: [{name: user-service}, {name: istio-proxy}]}
      status:
        phase: Running
        podIP: 127.1.4.1
        startTime: "2026-01-01T00:00:00Z"
        conditions: [{type: Ready, status: "%s"}]
        containerStatuses: [{name: user-service, restartCount: 2, state: {%s}}]
      """;

  @TempDir Path folder;
  private KubeStub own;

  @BeforeEach
  void startApiServer() throws IOException {
    own = new KubeStub("127.162.3.1", 0);
  }

  private TestGateway gateway(String upstream, Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("KUBECONFIG", own.kubeconfig(folder).toString());
    return new TestGateway(upstream, environment);
  }

  private TestGateway gateway(String upstream) throws IOException {
    return gateway(upstream, Map.of());
  }

  @AfterEach
  void stopApiServer() {
    own.close();
  }

  @Test
  void changedWeightsReachThePage() throws Exception {
    own.apply("virtualservices", VIRTUAL_SERVICE.formatted(70, 30));
    try (TestGateway gateway = gateway("http://127.162.2.2:1");
        LiveEvents events = gateway.events()) {
      JsonNode weights =
          events.await("weights", json -> json.path("user-service").path("ctx1").asInt() == 70);
      assertThat(weights.path("movie-service").path("found").asBoolean()).isFalse();
      own.apply("virtualservices", VIRTUAL_SERVICE.formatted(10, 90));
      events.await("weights", json -> json.path("user-service").path("ctx2").asInt() == 90);
      own.delete("virtualservices", "user-service-vs");
      events.await(
          "weights",
          json ->
              !json.path("user-service").path("found").asBoolean()
                  && !json.path("user-service").has("unknown"));
      assertThat(
              TestGateway.json(gateway.get("/traffic-weights").body())
                  .path("user-service")
                  .path("ctx1")
                  .isNull())
          .isTrue();
    }
  }

  @Test
  void podsAreWhatTheApiServerSays() throws Exception {
    own.apply("pods", POD.formatted("user-1", "True", "running: {}"));
    own.apply(
        "deployments",
        "{metadata: {name: user-service}, spec: {replicas: 2}, status: {readyReplicas: 1}}");
    try (TestGateway gateway = gateway("http://127.162.2.2:1");
        LiveEvents events = gateway.events()) {
      JsonNode status =
          events.await("deployment", json -> json.at("/contexts/ctx1/pods/0/ready").asBoolean());
      assertThat(status.at("/contexts/ctx1/pods/0").toString())
          .isEqualTo(
              "{\"name\":\"user-1\",\"app\":\"user-service\",\"ready\":true,\"phase\":\"Running\",\"restarts\":2,\"node\":\"node-1\",\"ip\":\"127.1.4.1\",\"containers\":[\"user-service\",\"istio-proxy\"],\"started\":\"2026-01-01T00:00:00Z\",\"message\":\"\"}");
      assertThat(status.at("/contexts/ctx1/deployments").toString())
          .isEqualTo("[{\"name\":\"user-service\",\"ready\":1,\"desired\":2}]");
      assertThat(status.at("/contexts/ctx2").toString())
          .isEqualTo(
              "{\"known\":false,\"reason\":\"no credentials: REMOTE_KUBECONFIG is not set\"}");
      own.apply(
          "pods",
          POD.formatted(
              "user-1", "False", "waiting: {reason: CrashLoopBackOff, message: back-off 10s}"));
      JsonNode sick =
          events.await("deployment", json -> !json.at("/contexts/ctx1/pods/0/ready").asBoolean());
      assertThat(sick.at("/contexts/ctx1/pods/0/message").asText())
          .isEqualTo("user-service: CrashLoopBackOff: back-off 10s");
    }
  }

  @Test
  void otherContextIsKnownAsSoonAsItsCredentialsCome() throws Exception {
    Path kubeconfig = folder.resolve("remote");
    try (KubeStub other = new KubeStub("127.162.3.2", 0);
        TestGateway gateway =
            gateway("http://127.162.2.2:1", Map.of("REMOTE_KUBECONFIG", kubeconfig.toString()));
        LiveEvents events = gateway.events()) {
      other.apply("pods", POD.formatted("user-2", "True", "running: {}"));
      JsonNode before =
          events.await("deployment", json -> json.at("/contexts/ctx1/known").asBoolean());
      assertThat(before.at("/contexts/ctx2/reason").asText())
          .isEqualTo("no credentials: Secret remote-reader is missing");
      Files.writeString(kubeconfig, "contexts: [{name: c, context: {cluster: nowhere}}]");
      JsonNode bad =
          events.await(
              "deployment",
              json -> json.at("/contexts/ctx2/reason").asText().contains("not understood"));
      assertThat(bad.at("/contexts/ctx2/reason").asText()).contains("nowhere");
      Files.move(other.kubeconfig(folder), kubeconfig, StandardCopyOption.REPLACE_EXISTING);
      events.await(
          "deployment", json -> json.at("/contexts/ctx2/pods/0/name").asText().equals("user-2"));
      Files.delete(kubeconfig);
      events.await(
          "deployment",
          json -> json.at("/contexts/ctx2/reason").asText().endsWith("remote-reader is missing"));
    }
  }

  @Test
  void withoutAnyCredentialsThePageSaysSo() throws Exception {
    try (TestGateway gateway = new TestGateway("http://127.162.2.2:1");
        LiveEvents events = gateway.events()) {
      JsonNode weights =
          events.await(
              "weights",
              json -> json.at("/user-service/reason").asText().startsWith("no credentials"));
      assertThat(weights.at("/user-service/reason").asText())
          .isEqualTo("no credentials: neither KUBERNETES_SERVICE_HOST nor KUBECONFIG is set");
    }
  }

  @Test
  void apiServerThatGoesAwayIsUnknownAndComesBack() throws Exception {
    own.apply("virtualservices", VIRTUAL_SERVICE.formatted(70, 30));
    try (StubUpstream upstream =
            new StubUpstream("127.162.2.2", exchange -> StubUpstream.answer(exchange, 200, "on"));
        TestGateway gateway = gateway(upstream.url());
        LiveEvents events = gateway.events()) {
      events.await("weights", json -> json.path("user-service").path("ctx1").asInt() == 70);
      int port = Integer.parseInt(own.url().replaceAll(".*:", ""));
      own.close();
      assertThat(gateway.get("/users/").body()).isEqualTo("on");
      JsonNode unknown =
          events.await("weights", json -> json.path("user-service").path("unknown").asBoolean());
      assertThat(unknown.at("/user-service/reason").asText())
          .startsWith("the API server can not be read: GET http://127.162.3.1:");
      own = new KubeStub("127.162.3.1", port);
      own.apply("virtualservices", VIRTUAL_SERVICE.formatted(20, 80));
      events.await("weights", json -> json.path("user-service").path("ctx1").asInt() == 20);
    }
  }
}
