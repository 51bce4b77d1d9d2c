package theater.mesh.xds;

import java.time.Instant;

/// What an Envoy last said about one type.
///
/// @param proxy its node id
/// @param view number of the newest MeshView that it was being given when it answered
/// @param refusal empty when it took them (ACK), else Envoy's own text (NACK)
public record Acknowledgement(
    String proxy, ResourceKind kind, long view, String refusal, Instant at) {

  public boolean refused() {
    return !refusal.isEmpty();
  }
}
