package theater.mesh.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import theater.mesh.identity.IssuedCertificate;

/// A real gateway Envoy ends or passes on TLS, with certificates from Secrets.
class GatewayTlsBehaviourTest {
  private static final String AT = TestMesh.GATEWAY + ".1:8443";
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
  void aCertificateOfASecretIsShownAndFollowsIt() throws Exception {
    mesh.apply(gateway("simple", "SIMPLE", "simple-tls") + "---\n" + route("simple"));
    secret("simple-tls", certificate("simple.example"), false);

    Until.holds(
        "the handshake", () -> get(null, "simple.example").text().startsWith("HTTP/1.1 200"));
    TlsCall first = get(null, "simple.example");
    assertThat(first.subject()).isEqualTo("CN=simple.example");
    assertThat(first.text()).contains("x-forwarded-proto: https");

    secret("simple-tls", certificate("second.example", "simple.example"), false);
    Until.holds(
        "the new certificate",
        () -> get(null, "simple.example").subject().equals("CN=second.example"));
  }

  @Test
  void aKeyThatDoesNotFitIsNotGivenOut() throws Exception {
    mesh.apply(gateway("misfit", "SIMPLE", "misfit-tls") + "---\n" + route("misfit"));
    secret("misfit-tls", certificate("misfit.example"), false);
    Until.holds("the handshake", () -> get(null, "misfit.example").text().contains(" 200 "));

    IssuedCertificate one = certificate("other.example");
    IssuedCertificate two = certificate("other.example");
    secret(
        "misfit-tls", new IssuedCertificate(one.chainPem(), two.keyPem(), one.notAfter()), false);
    secret("marker-tls", certificate("marker.example"), false);
    mesh.apply(gateway("marker", "SIMPLE", "marker-tls") + "---\n" + route("marker"));
    Until.holds("later things came", () -> get(null, "marker.example").text().contains(" 200 "));

    assertThat(get(null, "misfit.example").subject()).isEqualTo("CN=misfit.example");
  }

  @Test
  void mutualAsksForACertificateAndTellsWhoCame() throws Exception {
    mesh.apply(gateway("mutual", "MUTUAL", "mutual-tls") + "---\n" + route("mutual"));
    secret("mutual-tls", certificate("mutual.example"), true);
    IssuedCertificate visitor = mesh.authority.client("visitor", "people");

    Until.holds("the handshake", () -> get(visitor, "mutual.example").text().contains(" 200 "));
    assertThat(get(visitor, "mutual.example").text())
        .contains("x-forwarded-client-cert:")
        .contains("CN=visitor");
    assertThatThrownBy(() -> get(null, "mutual.example")).isInstanceOf(IOException.class);
  }

  @Test
  void optionalMutualTakesBoth() throws Exception {
    mesh.apply(gateway("maybe", "OPTIONAL_MUTUAL", "maybe-tls") + "---\n" + route("maybe"));
    secret("maybe-tls", certificate("maybe.example"), true);
    IssuedCertificate visitor = mesh.authority.client("visitor", "people");

    Until.holds("the handshake", () -> get(visitor, "maybe.example").text().contains(" 200 "));
    assertThat(get(visitor, "maybe.example").text()).contains("CN=visitor");
    assertThat(get(null, "maybe.example").text()).contains(" 200 ").doesNotContain("CN=visitor");
  }

  @Test
  void passthroughShowsTheProgramsOwnCertificateBesideAServerThatEndsTls() throws Exception {
    mesh.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: own, namespace: shop}
        spec:
          selector: {istio: ingressgateway}
          servers:
            - {port: {number: 443, name: tls-own, protocol: TLS}, hosts: [own.example], tls: {mode: PASSTHROUGH}}
            - {port: {number: 443, name: https-here, protocol: HTTPS}, hosts: [here.example], tls: {mode: SIMPLE, credentialName: here-tls}}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: own, namespace: shop}
        spec:
          hosts: [own.example]
          gateways: [own]
          tls:
            - match: [{port: 443, sniHosts: [own.example]}]
              route: [{destination: {host: secure, port: {number: 8443}}}]
        ---
        """
            + route("here").replace("gateways: [here]", "gateways: [own]"));
    secret("here-tls", certificate("here.example"), false);

    Until.holds("own TLS", () -> get(null, "own.example").text().contains("own TLS"));
    assertThat(get(null, "own.example").subject()).isEqualTo("CN=own.example");
    Until.holds("TLS ends here", () -> get(null, "here.example").text().contains(" 200 "));
  }

  @Test
  void plainCallsAreSentToHttps() throws Exception {
    mesh.apply(
        """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: redirect, namespace: shop}
        spec:
          selector: {istio: ingressgateway}
          servers:
            - {port: {number: 80, name: http, protocol: HTTP}, hosts: [redirect.example], tls: {httpsRedirect: true}}
        """);
    String uri = "http://" + TestMesh.GATEWAY + ".1:8080/a?b=c";

    Until.holds("the redirect", () -> Call.of("GET", uri, "redirect.example").status() == 301);
    assertThat(Call.of("GET", uri, "redirect.example").answer().headers().firstValue("location"))
        .contains("https://redirect.example/a?b=c");
  }

  private TlsCall get(IssuedCertificate own, String name) throws Exception {
    return TlsCall.get(mesh.authority, own, AT, name, "/");
  }

  private IssuedCertificate certificate(String... names) {
    return mesh.authority.server(List.of(names));
  }

  private void secret(String name, IssuedCertificate certificate, boolean authorities)
      throws IOException {
    Map<String, String> data = new java.util.HashMap<>();
    data.put("tls.crt", encoded(certificate.chainPem()));
    data.put("tls.key", encoded(certificate.keyPem()));
    if (authorities) {
      data.put("ca.crt", encoded(mesh.authority.rootPem()));
    }
    mesh.apply(
        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\""
            + name
            + "\",\"namespace\":\"istio-system\"},\"data\":"
            + TestMesh.json(data)
            + "}");
  }

  private static String encoded(String text) {
    return java.util.Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String gateway(String name, String mode, String credential) {
    return """
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: @N, namespace: shop}
    spec:
      selector: {istio: ingressgateway}
      servers:
        - {port: {number: 443, name: https-@N, protocol: HTTPS}, hosts: [@N.example], tls: {mode: @M, credentialName: @C}}
    """
        .replace("@N", name)
        .replace("@M", mode)
        .replace("@C", credential);
  }

  private static String route(String name) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: @N, namespace: shop}
    spec:
      hosts: [@N.example]
      gateways: [@N]
      http: [{route: [{destination: {host: user, port: {number: 8081}}}]}]
    """
        .replace("@N", name);
  }
}
