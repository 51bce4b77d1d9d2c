package theater.mesh.view;

import java.util.Map;
import java.util.Optional;

/// What a Kubernetes Secret holds for TLS. Istio: `credentialName` of a Gateway or a
/// DestinationRule. Either half may be empty.
///
/// @param certificate chain and its key, PEM: `tls.crt` and `tls.key`, or `cert` and `key`
/// @param authorities whom to trust, PEM: `cacert` or `ca.crt`
/// @param revoked lists of revoked certificates, PEM: `crl` or `ca.crl`
public record Credential(
    String namespace,
    String name,
    Optional<KeyPair> certificate,
    Optional<String> authorities,
    Optional<String> revoked) {

  /// From a Secret's entries, by the keys that Istio looks for. Empty when it holds nothing for
  /// TLS.
  public static Optional<Credential> of(
      String namespace, String name, Map<String, String> entries) {
    Credential found =
        new Credential(
            namespace,
            name,
            pair(entries, "cert", "key").or(() -> pair(entries, "tls.crt", "tls.key")),
            text(entries, "cacert").or(() -> text(entries, "ca.crt")),
            text(entries, "crl").or(() -> text(entries, "ca.crl")));
    return found.certificate.isPresent() || found.authorities.isPresent()
        ? Optional.of(found)
        : Optional.empty();
  }

  private static Optional<KeyPair> pair(Map<String, String> entries, String chain, String key) {
    return text(entries, chain).flatMap(c -> text(entries, key).map(k -> new KeyPair(c, k)));
  }

  private static Optional<String> text(Map<String, String> entries, String name) {
    return Optional.ofNullable(entries.get(name)).filter(text -> !text.isBlank());
  }

  /// A certificate chain with the key of its first certificate.
  public record KeyPair(String chain, String key) {
    /// Without the key: it must not come into a log.
    @Override
    public String toString() {
      return "KeyPair[chain of " + chain.length() + " characters]";
    }
  }
}
