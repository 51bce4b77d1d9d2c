package theater.mesh.explain.held;

import java.time.Instant;
import java.util.Optional;

/// Knows the last write of an object of the own context.
@FunctionalInterface
public interface Writes {
  /// Knows nothing.
  Writes NONE = (kind, namespace, name) -> Optional.empty();

  /// Also of objects that were deleted.
  Optional<Write> last(String kind, String namespace, String name);

  /// A write that the API server has acknowledged.
  record Write(String resourceVersion, Instant at) {}
}
