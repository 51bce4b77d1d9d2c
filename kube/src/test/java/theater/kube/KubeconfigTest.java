package theater.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
  @TempDir Path folder;

  @Test
  void readsInlineAndFileCredentials() throws Exception {
    Files.writeString(folder.resolve("key.pem"), "KEY");
    Files.writeString(
        folder.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: ctx2
        clusters:
        - name: one
          cluster: {server: "https://127.0.0.1:6441", certificate-authority-data: %s}
        - name: two
          cluster: {server: "https://127.0.0.1:6442"}
        users:
        - name: admin
          user: {client-certificate-data: %s, client-key: key.pem}
        - name: reader
          user: {token: secret}
        contexts:
        - name: ctx1
          context: {cluster: one, user: admin}
        - name: ctx2
          context: {cluster: two, user: reader}
        """
            .formatted(base64("CA"), base64("CERT")));

    Kubeconfig config = Kubeconfig.read(folder.resolve("config"));

    assertThat(config.current()).isEqualTo("ctx2");
    assertThat(config.contexts().keySet()).containsExactly("ctx1", "ctx2");
    Connection one = config.context("ctx1");
    assertThat(one.server()).hasToString("https://127.0.0.1:6441");
    assertThat(one.authorityPem()).isEqualTo("CA");
    assertThat(one.certificatePem()).isEqualTo("CERT");
    assertThat(one.keyPem()).isEqualTo("KEY");
    assertThat(config.context("ctx2").token()).isEqualTo("secret");
    assertThatThrownBy(() -> config.context("ctx3"))
        .hasMessageContaining("\"ctx3\"")
        .hasMessageContaining("[ctx1, ctx2]");
  }

  @Test
  void aContextWithoutServerIsNamed() throws Exception {
    Path file = folder.resolve("config");
    Files.writeString(
        file, "{\"contexts\":[{\"name\":\"ctx1\",\"context\":{\"cluster\":\"nowhere\"}}]}");
    assertThatThrownBy(() -> Kubeconfig.read(file))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("ctx1")
        .hasMessageContaining("nowhere");
  }

  @Test
  void aKeyInAnotherFormIsNamed() {
    assertThatThrownBy(() -> Tls.privateKey("-----BEGIN RSA PRIVATE KEY-----\nAA==\n"))
        .hasMessageContaining("BEGIN RSA PRIVATE KEY")
        .hasMessageContaining("PKCS#8");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
