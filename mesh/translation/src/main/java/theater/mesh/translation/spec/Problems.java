package theater.mesh.translation.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.Problem;
import theater.mesh.translation.Problem.Severity;

/// Collects problems while one translation runs. The same problem is kept once, in the order found.
public final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  /// Adds a problem.
  public void add(Severity severity, String object, String field, String text) {
    found.add(new Problem(severity, object, field, text));
  }

  /// Adds those found elsewhere.
  public void addAll(List<Problem> others) {
    found.addAll(others);
  }

  /// What was found so far.
  public List<Problem> list() {
    return List.copyOf(new ArrayList<>(found));
  }
}
