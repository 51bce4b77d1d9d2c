package theater.mesh.discovery;

import java.time.Duration;

/// Many changes close together become one piece of work: it is done when nothing came for a short
/// while, but never much later. A change that comes alone, after a time without any, hardly waits.
final class Debounce {
  private static final long ALONE_MILLIS = 1;
  private static final long QUIET_MILLIS = 5;
  private static final long LONGEST_NANOS = Duration.ofMillis(100).toNanos();
  private boolean changed;
  private long last = System.nanoTime();

  synchronized void changed() {
    changed = true;
    notifyAll();
  }

  /// Waits for a change and for the quiet after it.
  ///
  /// @param atMostMillis without a change; 0 for ever
  synchronized void await(long atMostMillis) throws InterruptedException {
    long deadline = System.nanoTime() + atMostMillis * 1_000_000;
    while (!changed) {
      long left = atMostMillis == 0 ? 0 : (deadline - System.nanoTime()) / 1_000_000 + 1;
      if (atMostMillis != 0 && System.nanoTime() >= deadline) {
        return;
      }
      wait(left);
    }
    long first = System.nanoTime();
    long quiet = first - last > LONGEST_NANOS ? ALONE_MILLIS : QUIET_MILLIS;
    while (changed && System.nanoTime() - first < LONGEST_NANOS) {
      changed = false;
      wait(quiet);
      quiet = QUIET_MILLIS;
    }
    changed = false;
    last = System.nanoTime();
  }
}
