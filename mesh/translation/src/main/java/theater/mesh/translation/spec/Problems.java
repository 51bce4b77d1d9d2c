package theater.mesh.translation.spec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.Problem;
import theater.mesh.translation.Problem.Severity;

/// Collects problems while a translation, or a piece of one, runs. The same problem is kept once,
/// in the order found.
public final class Problems {
  private Set<Problem> found;

  /// What was collected outside.
  public record Collected(Set<Problem> problems) {}

  /// Adds a problem.
  public void add(Severity severity, String object, String field, String text) {
    addAll(List.of(new Problem(severity, object, field, text)));
  }

  /// Adds those found elsewhere.
  public void addAll(List<Problem> others) {
    if (!others.isEmpty()) {
      found = found == null ? new LinkedHashSet<>() : found;
      found.addAll(others);
    }
  }

  /// What was found so far.
  public List<Problem> list() {
    return found == null ? List.of() : List.copyOf(found);
  }

  /// Collects apart from here on. @return for [#end]
  public Collected begin() {
    Collected outer = new Collected(found);
    found = null;
    return outer;
  }

  /// Goes on with what was collected outside.
  public void end(Collected outer) {
    found = outer.problems();
  }
}
