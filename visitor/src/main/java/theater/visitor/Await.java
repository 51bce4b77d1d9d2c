package theater.visitor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for a condition, with a deadline.
public final class Await {
  private Await() {}

  public static void until(String what, Duration limit, BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(limit);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("waited " + limit.toSeconds() + " s for: " + what);
      }
      LockSupport.parkNanos(50_000_000);
    }
  }
}
