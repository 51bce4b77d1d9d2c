package theater.laptop.node;

import java.time.Duration;
import java.time.Instant;

/// How long a container that ended waits before its next start: the first restart is at once, then
/// 10 s, 20 s … 5 min; ten minutes of health begin anew (Kubernetes: container restart policy).
final class BackOff {
  static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration HEALTHY = Duration.ofMinutes(10);

  private final Duration first;
  private Duration next = Duration.ZERO;

  BackOff() {
    this(FIRST);
  }

  BackOff(Duration first) {
    this.first = first;
  }

  /// The wait before the next start of a process that ran from `started` to `ended`.
  Duration after(Instant started, Instant ended) {
    if (Duration.between(started, ended).compareTo(HEALTHY) >= 0) {
      next = Duration.ZERO;
    }
    Duration wait = next;
    failed();
    return wait;
  }

  /// The wait after one more failure of what is not even tried once for nothing: 10 s, 20 s … 5
  /// min.
  Duration failed() {
    next = next.isZero() ? first : next.multipliedBy(2);
    if (next.compareTo(LONGEST) > 0) {
      next = LONGEST;
    }
    return next;
  }
}
