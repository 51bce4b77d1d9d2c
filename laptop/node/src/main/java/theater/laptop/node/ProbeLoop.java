package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;

/// Asks a container again and again, on a virtual thread, and tells when the answer has been the
/// same often enough.
///
/// Before its first success a readiness or startup probe is also asked between two periods, so that
/// a pod is ready soon; such an extra failure does not count.
final class ProbeLoop {
  /// Which probe; how Kubernetes names it in events.
  enum Kind {
    STARTUP("Startup"),
    LIVENESS("Liveness"),
    READINESS("Readiness");

    final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  /// Told by the loop's thread.
  interface Listener {
    /// The threshold of successes or failures has been reached, and it was not so before.
    void settled(Kind kind, boolean success, String message);

    /// One counted failure.
    void failed(Kind kind, String message);
  }

  private static final long EAGER_MILLIS = 200;
  private final Kind kind;
  private final JsonNode probe;
  private final ProbeCheck check;
  private final Listener listener;
  private final Thread thread;

  ProbeLoop(Kind kind, JsonNode probe, ProbeCheck check, Listener listener) {
    this.kind = kind;
    this.probe = probe;
    this.check = check;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name(kind.title + " probe").start(this::run);
  }

  void stop() {
    thread.interrupt();
  }

  private void run() {
    long period = TimeUnit.SECONDS.toMillis(Math.max(1, probe.path("periodSeconds").asInt(10)));
    int successes = 0;
    int failures = 0;
    Boolean told = null;
    long countedAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(period);
    try {
      Thread.sleep(TimeUnit.SECONDS.toMillis(probe.path("initialDelaySeconds").asInt(0)));
      while (true) {
        String failure = check.failure();
        if (Thread.interrupted()) {
          return;
        }
        boolean extra = !Boolean.TRUE.equals(told) && kind != Kind.LIVENESS;
        boolean counts = System.nanoTime() - countedAt >= TimeUnit.MILLISECONDS.toNanos(period);
        if (failure.isEmpty()) {
          failures = 0;
          successes++;
          if (successes >= Math.max(1, probe.path("successThreshold").asInt(1))
              && !Boolean.TRUE.equals(told)) {
            told = true;
            listener.settled(kind, true, "");
            if (kind == Kind.STARTUP) {
              return;
            }
          }
          countedAt = System.nanoTime();
        } else if (counts || !extra) {
          countedAt = System.nanoTime();
          successes = 0;
          failures++;
          listener.failed(kind, failure);
          if (failures >= Math.max(1, probe.path("failureThreshold").asInt(3))
              && !Boolean.FALSE.equals(told)) {
            told = false;
            listener.settled(kind, false, failure);
          }
        }
        Thread.sleep(
            Boolean.TRUE.equals(told) || kind == Kind.LIVENESS
                ? period
                : Math.min(period, EAGER_MILLIS));
      }
    } catch (InterruptedException e) {
      // Stopped.
    }
  }
}
