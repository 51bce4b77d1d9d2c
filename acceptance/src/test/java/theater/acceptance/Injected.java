package theater.acceptance;

import java.time.Duration;
import java.util.List;
import theater.visitor.Calls;
import theater.visitor.Calls.Answer;

/// What faults of the mesh look like to the caller.
final class Injected {
  private static final Duration NEARLY_THREE_SECONDS = Duration.ofMillis(2900);

  private Injected() {}

  /// An abort: no service answered, the caller's Envoy did.
  static boolean aborted(Answer answer) {
    return answer.status() == 500
        && answer.body().equals("fault filter abort")
        && answer.context().isEmpty();
  }

  /// Held for three seconds.
  static boolean slow(Answer answer) {
    return answer.took().compareTo(NEARLY_THREE_SECONDS) > 0;
  }

  static int slowOf(List<Answer> answers) {
    return (int) answers.stream().filter(Injected::slow).count();
  }

  static boolean canaryGoesTo(Calls calls, String path, String context) {
    return calls.get(path, "x-canary", "true").context().equals(context);
  }
}
