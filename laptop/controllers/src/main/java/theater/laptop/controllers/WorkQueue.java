package theater.laptop.controllers;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;

/// Keys to look at again, each at most once, by one thread. A look that fails is repeated with
/// growing pauses; so is one that asks for it.
final class WorkQueue implements AutoCloseable {
  /// Makes one thing right.
  interface Reconciler {
    /// @return when to look again even if nothing changes, or null
    Duration reconcile(Key key);
  }

  /// One thing of one controller.
  record Key(String controller, String namespace, String name) {}

  private record Due(Key key, long at) {}

  private static final Logger LOG = System.getLogger(WorkQueue.class.getName());
  private static final long FIRST_PAUSE = Duration.ofMillis(10).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();

  private final Map<String, Reconciler> reconcilers;
  private final LinkedHashMap<Key, Boolean> ready = new LinkedHashMap<>();
  private final PriorityQueue<Due> later =
      new PriorityQueue<>((a, b) -> Long.compare(a.at - b.at, 0));
  private final Map<Key, Integer> failures = new HashMap<>();
  private final Thread thread;
  private boolean closed;

  /// @param reconcilers by the controller's name
  WorkQueue(Map<String, Reconciler> reconcilers) {
    this.reconcilers = Map.copyOf(reconcilers);
    this.thread = Thread.ofPlatform().daemon().name("controllers").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  synchronized void add(String controller, String namespace, String name) {
    ready.put(new Key(controller, namespace, name), true);
    notifyAll();
  }

  private synchronized void later(Key key, long nanos) {
    later.add(new Due(key, System.nanoTime() + nanos));
    notifyAll();
  }

  private void run() {
    try {
      while (true) {
        Key key = take();
        if (key == null) {
          return;
        }
        reconcile(key);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void reconcile(Key key) {
    try {
      Duration again = reconcilers.get(key.controller()).reconcile(key);
      failures.remove(key);
      if (again != null) {
        later(key, again.toNanos());
      }
    } catch (RuntimeException e) {
      int count = failures.merge(key, 1, Integer::sum);
      boolean expected =
          e instanceof KubeException refused && refused.code() == 409
              || e instanceof KubeUnavailableException;
      LOG.log(
          expected ? Level.DEBUG : Level.WARNING,
          "{0} {1}/{2}: {3}",
          key.controller(),
          key.namespace(),
          key.name(),
          e.toString());
      later(key, Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(count, 10)));
    }
  }

  private synchronized Key take() throws InterruptedException {
    while (!closed) {
      while (!later.isEmpty() && later.peek().at() - System.nanoTime() <= 0) {
        ready.put(later.poll().key(), true);
      }
      if (!ready.isEmpty()) {
        return ready.pollFirstEntry().getKey();
      }
      if (later.isEmpty()) {
        wait();
      } else {
        wait(Math.max(1, (later.peek().at() - System.nanoTime()) / 1_000_000));
      }
    }
    return null;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
  }
}
