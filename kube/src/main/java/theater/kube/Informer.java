package theater.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import theater.kube.KubeApi.ObjectList;
import theater.kube.KubeApi.Watch;
import theater.kube.KubeApi.WatchEvent;

/// Keeps the objects of one kind: lists, watches, and does so again when the server goes away or
/// has forgotten (410). Its listener is told real differences only, in order, never by two threads
/// at once. While the server is away the last known objects stay.
///
/// [#loss] says whether it follows the server now, and if not, since when and why.
///
/// A kind that the server does not serve (404) counts as empty and is asked for again every few
/// seconds.
public final class Informer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Informer.class.getName());
  private static final Duration ASK_FOR_UNKNOWN_KIND = Duration.ofSeconds(5);
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long TIME_TO_START_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final KubeApi api;
  private final ResourceType type;
  private final String namespace;
  private final InformerListener listener;
  private final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
  private final CountDownLatch synced = new CountDownLatch(1);
  private final AtomicReference<Watch> watch = new AtomicReference<>();
  private final Backoff backoff = new Backoff();
  private final Thread thread;
  private volatile String resourceVersion;
  private volatile boolean closed;
  private volatile Loss loss;
  private long begun;
  private boolean lost;

  /// @param namespace null for all namespaces
  public Informer(KubeApi api, ResourceType type, String namespace, InformerListener listener) {
    this.api = api;
    this.type = type;
    this.namespace = namespace;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("informer " + type.plural()).unstarted(this::run);
  }

  /// Begins, once.
  public Informer start() {
    thread.start();
    return this;
  }

  /// Whether the first list has been taken and told.
  public boolean synced() {
    return synced.getCount() == 0;
  }

  /// Waits for the first list. @return whether it came in time
  public boolean awaitSynced(Duration atMost) throws InterruptedException {
    return synced.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Why the objects may be out of date: from the first failure until a list is read again. Empty
  /// while all is well, and before the first answer.
  public Optional<Loss> loss() {
    return Optional.ofNullable(loss);
  }

  /// @param namespace null or empty for kinds of the whole cluster
  public Optional<ObjectNode> get(String namespace, String name) {
    return Optional.ofNullable(objects.get(Meta.key(namespace, name)));
  }

  /// All objects now, in no order. Not to be changed.
  public List<ObjectNode> all() {
    return List.copyOf(objects.values());
  }

  @Override
  public void close() {
    closed = true;
    Watch running = watch.getAndSet(null);
    if (running != null) {
      running.close();
    }
    thread.interrupt();
  }

  private void run() {
    begun = System.nanoTime();
    while (!closed) {
      long start = System.nanoTime();
      Duration pause;
      try {
        if (resourceVersion == null) {
          list();
        }
        follow();
        pause = System.nanoTime() - start > STEADY_NANOS ? backoff.reset() : backoff.next();
      } catch (RuntimeException e) {
        resourceVersion = null;
        pause = pauseAfter(e, System.nanoTime() - start > STEADY_NANOS);
      } catch (InterruptedException e) {
        return;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Duration pauseAfter(RuntimeException e, boolean wasSteady) {
    if (e instanceof KubeException refused && refused.code() == 404) {
      replace(List.of());
      loss = null;
      return ASK_FOR_UNKNOWN_KIND;
    }
    boolean forgotten = e instanceof KubeException refused && refused.code() == 410;
    if (!forgotten) {
      Loss before = loss;
      loss = new Loss(before == null ? System.nanoTime() : before.since(), e.getMessage());
    }
    // A server that only starts is no news.
    boolean news = synced() || System.nanoTime() - begun > TIME_TO_START_NANOS;
    if (!closed && !lost && !forgotten && news) {
      LOG.log(Level.WARNING, "{0}: {1}; trying again", type.plural(), e.getMessage());
      lost = true;
    }
    return wasSteady ? backoff.reset() : backoff.next();
  }

  private void list() {
    ObjectList list = api.list(type, namespace, null);
    replace(list.items());
    resourceVersion = list.resourceVersion();
    loss = null;
    if (lost) {
      LOG.log(Level.INFO, "{0}: listed again, {1} objects", type.plural(), list.items().size());
      lost = false;
    }
  }

  private void replace(List<ObjectNode> items) {
    Map<String, ObjectNode> listed = new ConcurrentHashMap<>();
    items.forEach(item -> listed.put(Meta.key(item), item));
    objects.keySet().stream()
        .filter(key -> !listed.containsKey(key))
        .toList()
        .forEach(this::remove);
    items.forEach(this::put);
    if (!synced()) {
      tell(listener::synced);
      synced.countDown();
    }
  }

  private void follow() throws InterruptedException {
    CompletableFuture<RuntimeException> end = new CompletableFuture<>();
    Watch running = api.watch(type, namespace, resourceVersion, this::take, end::complete);
    watch.set(running);
    try {
      if (closed) {
        return;
      }
      RuntimeException failure = end.get();
      if (failure != null) {
        throw failure;
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a watch ends with a value", e);
    } finally {
      watch.set(null);
      running.close();
    }
  }

  private void take(WatchEvent event) {
    if (closed) {
      return;
    }
    switch (event.type()) {
      case ADDED, MODIFIED -> put(event.object());
      case DELETED -> remove(Meta.key(event.object()));
      case BOOKMARK -> {}
    }
    resourceVersion = Meta.resourceVersion(event.object());
  }

  private void put(ObjectNode now) {
    ObjectNode before = objects.put(Meta.key(now), now);
    if (before == null) {
      tell(() -> listener.added(now));
    } else if (!Meta.uid(before).equals(Meta.uid(now))) {
      tell(() -> listener.deleted(before));
      tell(() -> listener.added(now));
    } else if (!Meta.resourceVersion(before).equals(Meta.resourceVersion(now))) {
      tell(() -> listener.modified(before, now));
    }
  }

  private void remove(String key) {
    ObjectNode before = objects.remove(key);
    if (before != null) {
      tell(() -> listener.deleted(before));
    }
  }

  /// A listener's mistake must not end the watching.
  private void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a listener of " + type.plural() + " failed", e);
    }
  }
}
