package theater.mesh.xds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What real Envoys tell of calls.
class TelemetryBehaviourTest {
  private static final int USER = 1;
  private TestMesh mesh;

  @BeforeEach
  void start() throws Exception {
    mesh = TestMesh.shared();
  }

  @AfterEach
  void clear() {
    assertThat(mesh.server.acknowledged()).noneMatch(Acknowledgement::refused);
    mesh.clear();
  }

  @Test
  void callsAreLoggedThatTheExpressionChooses() throws Exception {
    mesh.apply(
        """
        apiVersion: telemetry.istio.io/v1
        kind: Telemetry
        metadata: {name: log, namespace: shop}
        spec:
          selector: {matchLabels: {app: user}}
          accessLogging:
            - providers: [{name: envoy}]
              filter: {expression: "request.path.startsWith('/logged')"}
        """);
    Until.holds(
        "a line of the call",
        () ->
            Call.from(TestMesh.CLIENT, "/logged/call").status() == 200
                && output().contains("\"GET /logged/call HTTP/"));
    Call.from(TestMesh.CLIENT, "/quiet/call");
    Call.from(TestMesh.CLIENT, "/logged/last");
    Until.holds("the last line", () -> output().contains("/logged/last"));
    assertThat(output()).doesNotContain("/quiet/call");
  }

  @Test
  void spansGoToTheProvider() throws Exception {
    mesh.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: istio, namespace: istio-system}
        data:
          mesh: |
            extensionProviders:
              - name: spans
                zipkin: {service: tickets.shop.svc.cluster.local, port: 9003}
        ---
        apiVersion: telemetry.istio.io/v1
        kind: Telemetry
        metadata: {name: trace, namespace: shop}
        spec:
          tracing:
            - providers: [{name: spans}]
              randomSamplingPercentage: 100
              customTags: {course: {literal: {value: cinema}}}
        """);
    Until.holds(
        "a span of the call",
        () ->
            Call.from(TestMesh.CLIENT, "/traced").status() == 200
                && Programs.spans().stream()
                    .anyMatch(text -> text.contains("/traced") && text.contains("cinema")));
  }

  private String output() throws java.io.IOException {
    return mesh.envoys.get(USER).output();
  }
}
