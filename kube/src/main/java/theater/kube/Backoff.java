package theater.kube;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Pauses between tries: 50 ms, doubled up to 2 s, each shortened by up to a half at random, so
/// that many clients do not come at once.
final class Backoff {
  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 2000;
  private long millis = FIRST_MILLIS;

  Duration next() {
    Duration pause =
        Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    millis = Math.min(2 * millis, LONGEST_MILLIS);
    return pause;
  }

  /// Begins anew; the first pause.
  Duration reset() {
    millis = FIRST_MILLIS;
    return next();
  }
}
