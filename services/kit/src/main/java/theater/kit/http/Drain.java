package theater.kit.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Counts the requests that are being answered, and lets a stop wait for them.
public final class Drain {
  private int inFlight;
  private boolean started;

  /// Requests being answered.
  public synchronized int inFlight() {
    return inFlight;
  }

  /// Whether the service is stopping: not ready, and connections are closed after their answer.
  public synchronized boolean started() {
    return started;
  }

  /// Begins the stop; waits of [#waitFor] end.
  public synchronized void start() {
    started = true;
    notifyAll();
  }

  /// Waits until no request is being answered.
  ///
  /// @return whether that came true within the limit
  public synchronized boolean awaitIdle(Duration limit) {
    return await(limit, () -> inFlight == 0);
  }

  synchronized void enter() {
    inFlight++;
  }

  synchronized void leave() {
    inFlight--;
    if (started) {
      notifyAll();
    }
  }

  /// Waits for a time, less when the stop begins or the condition holds, which is asked twice a
  /// second.
  synchronized void waitFor(Duration time, BooleanSupplier enough) {
    await(time, () -> started || enough.getAsBoolean());
  }

  private boolean await(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        wait(Math.min(left, 500));
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
