package theater.mesh.explain.walk;

import java.util.Optional;
import theater.mesh.view.Workload;

/// Knows which requests a program passes on, and where to.
@FunctionalInterface
public interface Onward {
  /// No program passes anything on.
  Onward NOWHERE = (program, question) -> Optional.empty();

  Optional<Question> of(Workload program, Question question);
}
