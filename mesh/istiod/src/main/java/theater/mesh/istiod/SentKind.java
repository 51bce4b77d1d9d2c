package theater.mesh.istiod;

import java.time.Instant;

/// What an Envoy was sent of one type and what it answered.
///
/// @param sent nonce of the last response
/// @param sentAt when
/// @param taken nonce of the last response that it took (ACK); empty for none
/// @param refusal Envoy's own text when it refused the last (NACK), else empty
record SentKind(String sent, Instant sentAt, String taken, String refusal) {
  /// The nonce that stands for what an Envoy had already when it came.
  static final String KEPT = "kept";

  boolean synced() {
    return refusal.isEmpty() && sent.equals(taken);
  }
}
