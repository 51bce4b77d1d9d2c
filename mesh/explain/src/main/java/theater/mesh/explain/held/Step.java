package theater.mesh.explain.held;

import java.time.Instant;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

/// What one change did to one resource of one Envoy.
///
/// @param before null when there was none, or when [#bodies] is false
/// @param after null when it was taken away, or when [#bodies] is false
/// @param bodies whether before and after were kept; too large ones are not
/// @param answered null while the Envoy has not answered
/// @param refusal Envoy's own text, empty when it took it
public record Step(
    ResourceKind kind,
    String name,
    Versioned before,
    Versioned after,
    boolean bodies,
    Instant sent,
    Instant answered,
    String refusal) {

  Step sentAgain(Versioned now, Instant at) {
    return new Step(kind, name, before, bodies ? now : null, bodies, at, null, "");
  }

  Step answered(Instant at, String text) {
    return new Step(kind, name, before, after, bodies, sent, at, text);
  }

  /// Bytes that are kept only for this step's sake.
  int cost() {
    return before == null ? 0 : before.body().getValue().size();
  }
}
