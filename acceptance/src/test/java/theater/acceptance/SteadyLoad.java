package theater.acceptance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import theater.visitor.Calls;

/// Visitors who each GET at a fixed rate until it is closed. A visitor waits for an answer before
/// the next request: a slow computer gets fewer requests, not a growing heap of them.
final class SteadyLoad implements AutoCloseable {
  private static final int VISITORS = 32;
  private final Calls calls;
  private final List<String> paths;
  private final long every;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger answered = new AtomicInteger();
  private final List<String> failed = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /// @param perSecond of all visitors together
  SteadyLoad(Calls calls, int perSecond, String... paths) {
    this.calls = calls;
    this.paths = List.of(paths);
    this.every = TimeUnit.SECONDS.toNanos(VISITORS) / perSecond;
    long start = System.nanoTime();
    for (int i = 0; i < VISITORS; i++) {
      int visitor = i;
      threads.execute(() -> visit(visitor, start + every * visitor / VISITORS));
    }
  }

  private void visit(int visitor, long first) {
    long next = first;
    for (int n = visitor; !closed; n++) {
      try {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      } catch (InterruptedException e) {
        return;
      }
      next = Math.max(next, System.nanoTime()) + every;
      send(paths.get(n % paths.size()));
    }
  }

  private void send(String path) {
    Calls.Answer answer = calls.get(path);
    if (answer.status() != 200) {
      failed.add(path + ": " + answer.status() + " " + answer.body() + " " + answer.headers());
    }
    answered.incrementAndGet();
  }

  /// How many have been answered, well or not.
  int answered() {
    return answered.get();
  }

  /// Path, status, body and headers of those that were not answered with 200.
  List<String> failed() {
    return failed;
  }

  /// Returns when the last one is answered.
  @Override
  public void close() {
    closed = true;
    threads.close();
  }
}
