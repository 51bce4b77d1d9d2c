package theater.mesh.identity;

import java.time.Instant;

/// A certificate that was just issued, with its key.
///
/// @param chainPem the leaf first, then the intermediates; never the root
/// @param keyPem PKCS#8
/// @param notAfter when the leaf ends
public record IssuedCertificate(String chainPem, String keyPem, Instant notAfter) {

  /// Keeps the key out of logs.
  @Override
  public String toString() {
    return "IssuedCertificate until " + notAfter;
  }
}
