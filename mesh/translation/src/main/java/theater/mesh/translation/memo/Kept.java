package theater.mesh.translation.memo;

import java.util.List;
import theater.mesh.translation.Problem;

/// A result.
///
/// @param problems found while it was made
/// @param roots the parts of the view that it was made from, however indirectly: bits of [Root]
/// @param inner the results that it was made from
public record Kept<T>(T value, List<Problem> problems, int roots, List<Kept<?>> inner) {

  /// What another result that uses this one depends on: the value and what was found wrong.
  Object answer() {
    return List.of(new Same(value), problems);
  }
}
