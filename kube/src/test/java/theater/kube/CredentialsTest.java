package theater.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  @TempDir Path folder;

  @Test
  void inAPodTheyAreTheServiceAccounts() {
    assertThat(
            Credentials.of(
                Map.of(
                    "KUBERNETES_SERVICE_HOST", "10.96.0.1",
                    "KUBERNETES_SERVICE_PORT", "443",
                    "KUBECONFIG", "/not/read")))
        .contains(
            new Credentials.ServiceAccount(
                URI.create("https://10.96.0.1:443"),
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token"),
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt")));
  }

  @Test
  void anAddressOfVersion6IsALiteral() {
    assertThat(
            Credentials.of(
                Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443")))
        .hasValueSatisfying(found ->
            assertThat(((Credentials.ServiceAccount) found).server())
                .hasToString("https://[fd00::1]:443"));
  }

  @Test
  void theFilesOfTheAccountMayBeElsewhere() throws Exception {
    Path authority = Files.writeString(folder.resolve("ca.crt"), "CA");
    Path token = folder.resolve("token");
    Connection connection =
        Credentials.of(
                Map.of(
                    "KUBERNETES_SERVICE_HOST",
                    "127.0.0.1",
                    "KUBERNETES_SERVICE_PORT",
                    "6441",
                    "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
                    token.toString(),
                    "KUBERNETES_CERTS_CA_FILE",
                    authority.toString()))
            .orElseThrow()
            .connection();

    assertThat(connection)
        .isEqualTo(
            new Connection(URI.create("https://127.0.0.1:6441"), "CA", null, null, null, token));
  }

  @Test
  void aMissingAuthorityIsNamed() {
    Credentials account =
        new Credentials.ServiceAccount(
            URI.create("https://127.0.0.1:1"), folder.resolve("token"), folder.resolve("ca.crt"));
    assertThatThrownBy(account::connection)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(folder.resolve("ca.crt").toString());
  }

  @Test
  void outsideAPodTheyAreTheKubeconfigsCurrentContext() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("config"),
            """
            current-context: b
            clusters: [{name: x, cluster: {server: "https://127.0.0.1:1"}}, {name: y, cluster: {server: "https://127.0.0.1:2"}}]
            users: [{name: u, user: {token: t}}]
            contexts: [{name: a, context: {cluster: x, user: u}}, {name: b, context: {cluster: y, user: u}}]
            """);
    assertThat(Credentials.of(Map.of("KUBECONFIG", file + ":/another")).orElseThrow().connection())
        .isEqualTo(Connection.withToken(URI.create("https://127.0.0.1:2"), null, "t"));
  }

  @Test
  void elsewhereThereAreNone() {
    assertThat(Credentials.of(Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1"))).isEmpty();
    assertThat(Credentials.of(Map.of())).isEmpty();
  }
}
