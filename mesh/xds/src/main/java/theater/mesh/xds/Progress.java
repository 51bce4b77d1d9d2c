package theater.mesh.xds;

import java.time.Duration;
import java.util.List;

/// What other threads may know of the server's one.
final class Progress {
  private long settledView;
  private List<String> connected = List.of();
  private List<Acknowledgement> acknowledged = List.of();

  /// @param settled number of the view that every Envoy has taken, or 0 when some has not
  synchronized void tell(long settled, List<String> ids, List<Acknowledgement> answers) {
    settledView = Math.max(settledView, settled);
    connected = ids;
    acknowledged = List.copyOf(answers);
    notifyAll();
  }

  synchronized boolean await(long view, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (settledView < view) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }

  synchronized List<String> connected() {
    return connected;
  }

  synchronized List<Acknowledgement> acknowledged() {
    return acknowledged;
  }
}
