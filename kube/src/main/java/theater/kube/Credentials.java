package theater.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a program finds the API server that it belongs to, and itself (Kubernetes: "Accessing the
/// API from a Pod").
public sealed interface Credentials {
  Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /// Addresses and certificates, read now.
  ///
  /// @throws UncheckedIOException when a file cannot be read
  /// @throws IllegalArgumentException when a file is not understood
  Connection connection();

  /// The file that changes when a new connection is needed. It may be missing for a while.
  Path file();

  /// A pod's service account. The token is read again for each request: it is renewed in its file.
  ///
  /// @param authority who signed the server's certificate
  record ServiceAccount(URI server, Path token, Path authority) implements Credentials {
    @Override
    public Path file() {
      return authority;
    }

    @Override
    public Connection connection() {
      try {
        return new Connection(server, Files.readString(authority), null, null, null, token);
      } catch (IOException e) {
        throw new UncheckedIOException("the service account's " + authority + " cannot be read", e);
      }
    }
  }

  /// The current context of a kubeconfig.
  record Kubeconfig(Path file) implements Credentials {
    @Override
    public Connection connection() {
      theater.kube.Kubeconfig read = theater.kube.Kubeconfig.read(file);
      return read.context(read.current());
    }
  }

  /// A pod's by `KUBERNETES_SERVICE_HOST` and `KUBERNETES_SERVICE_PORT`; otherwise the first file
  /// that `KUBECONFIG` names. `KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN` and `KUBERNETES_CERTS_CA_FILE`
  /// say where the account's files are, if not at their usual place.
  ///
  /// @return empty when neither is set
  static Optional<Credentials> of(Map<String, String> environment) {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "");
    if (!host.isBlank() && !port.isBlank()) {
      String literal = host.contains(":") ? "[" + host + "]" : host;
      return Optional.of(
          new ServiceAccount(
              URI.create("https://" + literal + ":" + port),
              path(environment, "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", "token"),
              path(environment, "KUBERNETES_CERTS_CA_FILE", "ca.crt")));
    }
    String kubeconfig = environment.getOrDefault("KUBECONFIG", "").split(":", 2)[0];
    return kubeconfig.isBlank()
        ? Optional.empty()
        : Optional.of(new Kubeconfig(Path.of(kubeconfig)));
  }

  private static Path path(Map<String, String> environment, String name, String usual) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? ACCOUNT.resolve(usual) : Path.of(value);
  }
}
