package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.identity.IssuedCertificate;

/// Writes the instance's kubeconfig: both contexts, the administrator's client certificate.
/// Readable by its owner only; `~/.kube/config` is never touched.
record Credentials(Settings settings) {
  private static final String USER = "theater-admin";

  void write() {
    CertificateAuthority authority = CertificateAuthority.open(settings.home().pki());
    IssuedCertificate admin = authority.client("admin", "system:masters");
    StringBuilder text = new StringBuilder("apiVersion: v1\nkind: Config\ncurrent-context: ");
    text.append(kept("ctx1")).append("\nclusters:\n");
    for (String context : Contexts.NAMES) {
      text.append("- name: ")
          .append(context)
          .append("\n  cluster:\n    server: https://127.0.0.1:");
      text.append(settings.plan().apiServerPort(context));
      text.append("\n    certificate-authority-data: ").append(base64(authority.rootPem()));
      text.append("\n");
    }
    text.append("contexts:\n");
    for (String context : Contexts.NAMES) {
      text.append("- name: ").append(context).append("\n  context:\n    cluster: ").append(context);
      text.append("\n    user: ").append(USER).append("\n");
    }
    text.append("users:\n- name: ").append(USER).append("\n  user:\n    client-certificate-data: ");
    text.append(base64(admin.chainPem())).append("\n    client-key-data: ");
    text.append(base64(admin.keyPem())).append("\n");
    Path file = settings.home().kubeconfig();
    try {
      Path part = file.resolveSibling("kubeconfig.part");
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  /// The current context that a person chose (`kubectl config use-context`) stays.
  private String kept(String otherwise) {
    try {
      return Files.readAllLines(settings.home().kubeconfig()).stream()
          .filter(line -> line.startsWith("current-context: "))
          .map(line -> line.substring("current-context: ".length()).replace("\"", "").strip())
          .filter(Contexts.NAMES::contains)
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }
}
