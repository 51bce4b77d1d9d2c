package theater.mesh.xds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens, looked at by a real Envoy.
class TokenBehaviourTest {
  private static final String REQUIRED =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: needs-token, namespace: shop}
      spec:
        selector: {matchLabels: {app: user}}
        rules:
          - from: [{source: {requestPrincipals: ["theater/*"]}}]
          - to: [{operation: {paths: [/open]}}]
      """;
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
        "no token is looked at",
        () -> call("no token at all").status() == 200 && call(null).status() == 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256", "PS256", "EdDSA"})
  void goodExpiredForgedAndForeignTokens(String algorithm) throws Exception {
    Tokens tokens = Tokens.of(algorithm);
    mesh.apply(rule("jwks: '" + tokens.jwks() + "'") + "---\n" + REQUIRED);
    String good = tokens.token(Map.of());

    Until.holds("a token is needed", () -> call(null).status() == 403);
    Until.holds("a good token passes", () -> call(good).status() == 200);
    assertThat(call("nonsense").status()).isEqualTo(401);
    refused(tokens.token(Map.of("exp", 1_600_000_000)), "Jwt is expired");
    refused(Tokens.of(algorithm).token(Map.of()), "Jwt verification fails");
    refused(tokens.token(Map.of("iss", "another")), "Jwt issuer is not configured");
    Call foreign = call(tokens.token(Map.of("aud", "another")));
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.body()).isEqualTo("Audiences in Jwt are not allowed");
    assertThat(call(null).body()).isEqualTo("RBAC: access denied");
  }

  @Test
  void claimsGoToHeadersAndPolicies() throws Exception {
    Tokens tokens = Tokens.of("ES256");
    mesh.apply(
        rule(
            """
            jwks: '@KEYS'
            outputPayloadToHeader: x-payload
            outputClaimToHeaders: [{header: x-who, claim: sub}]
            forwardOriginalToken: true
            spaceDelimitedClaims: [roles]
            """
                .replace("@KEYS", tokens.jwks())
                .strip()
                .replace("\n", "\n      ")));
    mesh.apply(
        """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: groups, namespace: shop}
        spec:
          selector: {matchLabels: {app: user}}
          rules:
            - to: [{operation: {paths: [/admin]}}]
              when: [{key: 'request.auth.claims[groups]', values: [admins]}]
            - to: [{operation: {paths: [/deep]}}]
              when: [{key: 'request.auth.claims[realm][level]', values: [high]}]
            - to: [{operation: {paths: [/roles]}}]
              when: [{key: 'request.auth.claims[roles]', values: [seller]}]
            - to: [{operation: {paths: [/open]}}]
        """);
    String admin =
        tokens.token(
            Map.of(
                "groups",
                List.of("people", "admins"),
                "realm",
                Map.of("level", "high"),
                "roles",
                "buyer seller"));

    Until.holds("admins only", () -> at("/admin", tokens.token(Map.of())).status() == 403);
    Until.holds("the admin passes", () -> at("/admin", admin).status() == 200);
    assertThat(at("/deep", admin).status()).isEqualTo(200);
    assertThat(at("/roles", admin).status()).isEqualTo(200);
    assertThat(at("/roles", tokens.token(Map.of("roles", "sellers"))).status()).isEqualTo(403);
    Call open = at("/open", admin);
    assertThat(open.body())
        .contains("x-who: somebody", "x-payload: ", "authorization: Bearer " + admin);
  }

  @Test
  void tokensAreFoundInHeadersParametersAndCookies() throws Exception {
    Tokens tokens = Tokens.of("ES256");
    mesh.apply(
        rule(
                "jwks: '"
                    + tokens.jwks()
                    + "'\n      fromHeaders: [{name: x-token, prefix: 'T '}]\n      fromParams:"
                    + " [t]\n      fromCookies: [t]")
            + "---\n"
            + REQUIRED);
    String good = tokens.token(Map.of());

    Until.holds("a token is needed", () -> call(null).status() == 403);
    Until.holds(
        "header", () -> Call.from(TestMesh.CLIENT, "/", "x-token", "T " + good).status() == 200);
    assertThat(Call.from(TestMesh.CLIENT, "/?t=" + good).status()).isEqualTo(200);
    assertThat(Call.from(TestMesh.CLIENT, "/", "cookie", "t=" + good).status()).isEqualTo(200);
    assertThat(call(good).status()).as("not where it is not looked for").isEqualTo(403);
  }

  @Test
  void keysComeFromAServiceOfTheMesh() throws Exception {
    Tokens tokens = Tokens.of("RS256");
    Programs.keys(tokens.jwks());
    mesh.apply(
        rule("jwksUri: http://tickets.shop.svc.cluster.local:9002/keys\n      timeout: 3s")
            + "---\n"
            + REQUIRED);
    String good = tokens.token(Map.of());

    Until.holds("a token is needed", () -> call(null).status() == 403);
    Until.holds("a good token passes", () -> call(good).status() == 200);
    refused(Tokens.of("RS256").token(Map.of()), "Jwt verification fails");
  }

  @Test
  void aGatewayRoutesByClaimsAndTellsThem() throws Exception {
    Tokens tokens = Tokens.of("ES256");
    mesh.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: claims, namespace: shop}
        spec:
          selector: {istio: ingressgateway}
          servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [claims.example]}]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: claims, namespace: shop}
        spec:
          hosts: [claims.example]
          gateways: [claims]
          http:
            - match: [{headers: {'@request.auth.claims.group': {exact: staff}}}]
              directResponse: {status: 218, body: {string: "@LONG"}}
            - match: [{headers: {x-who: {exact: guest}}}]
              directResponse: {status: 219}
            - route: [{destination: {host: user, port: {number: 8081}}}]
        ---
        apiVersion: security.istio.io/v1
        kind: RequestAuthentication
        metadata: {name: claims, namespace: istio-system}
        spec:
          selector: {matchLabels: {istio: ingressgateway}}
          jwtRules:
            - issuer: theater
              jwks: '@KEYS'
              outputClaimToHeaders: [{header: x-who, claim: sub}]
        """
            .replace("@LONG", "x".repeat(5_000))
            .replace("@KEYS", tokens.jwks()));
    String staff = tokens.token(Map.of("group", List.of("people", "staff")));
    String guest = tokens.token(Map.of("sub", "guest"));

    Until.holds("others pass", () -> gateway(tokens.token(Map.of())).status() == 200);
    Until.holds("a claim chooses the route", () -> gateway(staff).status() == 218);
    assertThat(gateway(staff).body()).as("longer than Envoy's own limit").hasSize(5_000);
    assertThat(gateway(guest).status()).as("a header made of a claim").isEqualTo(219);
    assertThat(gateway("nonsense").status()).isEqualTo(401);
  }

  private static Call gateway(String token) throws Exception {
    return Call.of(
        "GET",
        "http://" + TestMesh.GATEWAY + ".1:8080/",
        "claims.example",
        "authorization",
        "Bearer " + token);
  }

  private static void refused(String token, String text) throws Exception {
    Call call = call(token);
    assertThat(call.status()).as(call.body()).isEqualTo(401);
    assertThat(call.body()).isEqualTo(text);
  }

  private static Call call(String token) throws Exception {
    return at("/", token);
  }

  private static Call at(String path, String token) throws Exception {
    return token == null
        ? Call.from(TestMesh.CLIENT, path)
        : Call.from(TestMesh.CLIENT, path, "authorization", "Bearer " + token);
  }

  private static String rule(String keys) {
    return """
    apiVersion: security.istio.io/v1
    kind: RequestAuthentication
    metadata: {name: tokens, namespace: shop}
    spec:
      selector: {matchLabels: {app: user}}
      jwtRules:
        - issuer: theater
          audiences: [shop]
          @K
    """
        .replace("@K", keys);
  }
}
