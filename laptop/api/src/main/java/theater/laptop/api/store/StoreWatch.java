package theater.laptop.api.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The events of one resource from one version on. Read by one thread.
public final class StoreWatch implements AutoCloseable {
  private static final int LONGEST = 20_000;
  private static final long LARGEST = 32 << 20;
  private final String resource;
  private final Consumer<StoreWatch> remove;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<StoreEvent> waiting = new ArrayDeque<>();
  private long bytes;
  private long told;
  private boolean closed;
  private boolean overrun;

  /// @param after the version that the reader has
  /// @param first what happened since
  StoreWatch(String resource, long after, List<StoreEvent> first, Consumer<StoreWatch> remove) {
    this.resource = resource;
    this.told = after;
    first.forEach(this::add);
    this.remove = remove;
  }

  void offer(StoreEvent event) {
    lock.lock();
    try {
      told = Math.max(told, event.resourceVersion());
      if (!event.key().resource().equals(resource)) {
        return;
      }
      if (waiting.size() >= LONGEST || bytes + event.size() > LARGEST) {
        overrun = true;
        waiting.clear();
        bytes = 0;
      }
      if (!overrun) {
        add(event);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(StoreEvent event) {
    waiting.add(event);
    bytes += event.size();
  }

  /// The next event, or null when none came in this time or the watch is over.
  public StoreEvent next(long milliseconds) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(milliseconds);
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed && !overrun && left > 0) {
        left = changed.awaitNanos(left);
      }
      StoreEvent next = closed ? null : waiting.poll();
      bytes -= next == null ? 0 : next.size();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// The version up to which the reader has had everything; -1 while something waits for it.
  public long reached() {
    lock.lock();
    try {
      return waiting.isEmpty() && !overrun ? told : -1;
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing more will come: closed, or its reader was too slow.
  public boolean ended() {
    lock.lock();
    try {
      return closed || overrun && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Whether events were lost because the reader was too slow: it must list again.
  public boolean overrun() {
    lock.lock();
    try {
      return overrun;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    remove.accept(this);
  }
}
