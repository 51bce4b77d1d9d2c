package theater.kube;

import java.net.URI;
import java.nio.file.Path;

/// Where an API server is and who we are to it. Certificates and keys are PEM texts; each may be
/// null.
///
/// @param server `https://127.0.0.1:6441`
/// @param authorityPem who signed the server's certificate; null for the system's authorities
/// @param certificatePem our client certificate, with [#keyPem] (PKCS#8)
/// @param token a bearer token
/// @param tokenFile a file with a bearer token, read again when it changes (a pod's service
///   account)
public record Connection(
    URI server,
    String authorityPem,
    String certificatePem,
    String keyPem,
    String token,
    Path tokenFile) {

  /// A client with a certificate.
  public static Connection withCertificate(
      URI server, String authorityPem, String certificatePem, String keyPem) {
    return new Connection(server, authorityPem, certificatePem, keyPem, null, null);
  }

  /// A client with a token.
  public static Connection withToken(URI server, String authorityPem, String token) {
    return new Connection(server, authorityPem, null, null, token, null);
  }

  /// Names the server only: keys and tokens do not belong in a log.
  @Override
  public String toString() {
    return server.toString();
  }
}
