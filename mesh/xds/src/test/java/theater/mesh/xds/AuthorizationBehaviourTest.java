package theater.mesh.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may call whom, decided by the real Envoy of the one that is called.
class AuthorizationBehaviourTest {
  private static final String DENIED = "RBAC: access denied";
  private TestMesh mesh;

  @BeforeEach
  void start() throws Exception {
    mesh = TestMesh.shared();
  }

  @AfterEach
  void clear() throws Exception {
    assertThat(mesh.server.acknowledged()).noneMatch(Acknowledgement::refused);
    mesh.clear();
    Until.holds(
        "everybody may call again",
        () ->
            Call.from(TestMesh.CLIENT, "/open").status() == 200
                && Call.from(TestMesh.STRANGER, "/open").status() == 200
                && Call.plain("/open").status() == 200);
  }

  @Test
  void strictRefusesPlainText() throws Exception {
    Until.holds("plain text is taken", () -> Call.plain("/").status() == 200);
    mesh.apply(
        """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: default, namespace: shop}
        spec: {mtls: {mode: STRICT}}
        """);
    Until.holds("plain text is refused", AuthorizationBehaviourTest::plainIsRefused);
    assertThatThrownBy(() -> Call.plain("/")).isInstanceOf(IOException.class);
    assertThat(Call.from(TestMesh.CLIENT, "/").status()).isEqualTo(200);
  }

  @Test
  void aPortMayTakePlainTextWhereTheRestIsStrict() throws Exception {
    mesh.apply(
        """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: user, namespace: shop}
        spec:
          selector: {matchLabels: {app: user}}
          mtls: {mode: PERMISSIVE}
          portLevelMtls: {8081: {mode: STRICT}}
        """);
    Until.holds("plain text is refused", AuthorizationBehaviourTest::plainIsRefused);
    mesh.apply(
        """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: user, namespace: shop}
        spec:
          selector: {matchLabels: {app: user}}
          mtls: {mode: STRICT}
          portLevelMtls: {8081: {mode: PERMISSIVE}}
        """);
    Until.holds("plain text is taken", () -> Call.plain("/").status() == 200);
  }

  @Test
  void allowByPrincipalDeniesEverybodyElse() throws Exception {
    mesh.apply(
        policy("ALLOW", "[{from: [{source: {principals: [cluster.local/ns/shop/sa/client]}}]}]"));
    Until.holds("the stranger is denied", () -> denied(Call.from(TestMesh.STRANGER, "/")));
    assertThat(Call.from(TestMesh.CLIENT, "/").status()).isEqualTo(200);
    assertThat(denied(Call.plain("/"))).as("without identity").isTrue();
  }

  @Test
  void denyByNamespaceLeavesTheOthers() throws Exception {
    mesh.apply(policy("DENY", "[{from: [{source: {namespaces: [other]}}]}]"));
    Until.holds("the stranger is denied", () -> denied(Call.from(TestMesh.STRANGER, "/")));
    assertThat(Call.from(TestMesh.CLIENT, "/").status()).isEqualTo(200);
  }

  @Test
  void denyByPathMethodAndHeaderTogether() throws Exception {
    mesh.apply(
        policy(
            "DENY",
            "[{to: [{operation: {paths: [/admin*], methods: [GET]}}], when: [{key:"
                + " 'request.headers[x-kind]', values: [bad]}]}]"));
    Until.holds("all three", () -> denied(Call.from(TestMesh.CLIENT, "/admin/a", "x-kind", "bad")));
    assertThat(Call.from(TestMesh.CLIENT, "/other", "x-kind", "bad").status()).isEqualTo(200);
    assertThat(Call.from(TestMesh.CLIENT, "/admin/a", "x-kind", "good").status()).isEqualTo(200);
    assertThat(post("/admin/a", "bad").status()).isEqualTo(200);
  }

  @Test
  void aDryRunDeniesNobody() throws Exception {
    mesh.apply(
        policy("DENY", "[{to: [{operation: {paths: [/dry]}}]}]")
            .replace("metadata: {", "metadata: {annotations: {istio.io/dry-run: 'true'}, "));
    mesh.apply(
        policy("DENY", "[{to: [{operation: {paths: [/wet]}}]}]").replace("name: p", "name: q"));
    Until.holds("the other one acts", () -> denied(Call.from(TestMesh.CLIENT, "/wet")));
    assertThat(Call.from(TestMesh.CLIENT, "/dry").status()).isEqualTo(200);
  }

  @Test
  void anHttpProviderIsAskedAboutTheCallsThatTheRulesAreAbout() throws Exception {
    settings(
        """
        - name: tickets
          envoyExtAuthzHttp:
            service: tickets.shop.svc.cluster.local
            port: 9000
            pathPrefix: /check
            includeRequestHeadersInCheck: [x-ticket]
            headersToDownstreamOnDeny: [x-checked]
            headersToUpstreamOnAllow: [x-checked]
        """);
    mesh.apply(custom("tickets"));
    Until.holds("no ticket", () -> Call.from(TestMesh.CLIENT, "/seats/1").status() == 402);
    Call refused = Call.from(TestMesh.CLIENT, "/seats/1");
    assertThat(refused.body()).isEqualTo("no ticket");
    assertThat(refused.answer().headers().firstValue("x-checked")).contains("/check/seats/1");
    assertThat(refused.answer().headers().firstValue("x-secret")).isEmpty();

    Call taken = Call.from(TestMesh.CLIENT, "/seats/1", "x-ticket", "yes");
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.body()).contains("x-checked: /check/seats/1");
    assertThat(Call.from(TestMesh.CLIENT, "/posters").status()).isEqualTo(200);
  }

  @Test
  void aGrpcProviderIsAsked() throws Exception {
    settings(
        """
        - name: grpc-tickets
          envoyExtAuthzGrpc: {service: shop/tickets.shop.svc.cluster.local, port: 9001, timeout: 5s}
        """);
    mesh.apply(custom("grpc-tickets"));
    Until.holds("no ticket", () -> Call.from(TestMesh.CLIENT, "/seats/1").status() == 403);
    assertThat(Call.from(TestMesh.CLIENT, "/seats/1", "x-ticket", "yes").status()).isEqualTo(200);
  }

  @Test
  void anUnknownProviderDenies() throws Exception {
    mesh.apply(custom("nobody"));
    Until.holds("denied", () -> denied(Call.from(TestMesh.CLIENT, "/seats/1", "x-ticket", "yes")));
    assertThat(Call.from(TestMesh.CLIENT, "/posters").status()).isEqualTo(200);
  }

  private void settings(String providers) throws IOException {
    mesh.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: istio, namespace: istio-system}
        data:
          mesh: |
            extensionProviders:
        """
            + providers.indent(4));
  }

  private static boolean plainIsRefused() throws InterruptedException {
    try {
      Call.plain("/");
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static Call post(String path, String kind) throws IOException, InterruptedException {
    return Call.of(
        "POST", "http://" + TestMesh.CLIENT + ".10:8081" + path, "user.shop:8081", "x-kind", kind);
  }

  private static boolean denied(Call call) {
    return call.status() == 403 && call.body().equals(DENIED);
  }

  private static String policy(String action, String rules) {
    return """
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: {name: p, namespace: shop}
    spec:
      selector: {matchLabels: {app: user}}
      action: @A
      rules: @R
    """
        .replace("@A", action)
        .replace("@R", rules);
  }

  private static String custom(String provider) {
    return policy(
        "CUSTOM\n  provider: {name: " + provider + "}",
        "[{to: [{operation: {paths: [/seats/*]}}]}]");
  }
}
