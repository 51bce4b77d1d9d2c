package theater.mesh.discovery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import theater.kube.KubeApi;
import theater.mesh.view.MeshView;

/// Watches every context's API server and gives a new MeshView when something in it changed:
/// Services, endpoints, pods, nodes and namespaces of all contexts, the mesh's own objects of one
/// (Istio: multi-primary). A context that went away stays as it was last known; one that never
/// answered is waited for a few seconds, then left out until it does.
public final class Discovery implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Discovery.class.getName());
  private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long PATIENCE_CHECK_MILLIS = 250;

  private final String own;
  private final Map<String, ContextWatch> watches = new TreeMap<>();
  private final Consumer<MeshView> listener;
  private final ViewBuilder builder;
  private final Debounce debounce = new Debounce();
  private final Thread thread = Thread.ofVirtual().name("discovery").unstarted(this::run);
  private volatile boolean closed;
  private boolean complete;
  private MeshView given;

  /// @param ownContext the context whose control plane looks
  /// @param contexts every context's API server, the own one included
  /// @param listener is given each new view, by one thread
  public Discovery(String ownContext, Map<String, KubeApi> contexts, Consumer<MeshView> listener) {
    if (!contexts.containsKey(ownContext)) {
      throw new IllegalArgumentException(
          "own context is \"" + ownContext + "\"; expected one of " + contexts.keySet());
    }
    this.own = ownContext;
    this.listener = listener;
    this.builder = new ViewBuilder(ownContext);
    contexts.forEach((name, api) ->
        watches.put(name, new ContextWatch(api, name.equals(ownContext), debounce::changed)));
  }

  /// Begins, once.
  public Discovery start() {
    watches.values().forEach(ContextWatch::start);
    thread.start();
    return this;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    watches.values().forEach(ContextWatch::close);
  }

  private void run() {
    long start = System.nanoTime();
    try {
      while (!closed) {
        debounce.await(complete ? 0 : PATIENCE_CHECK_MILLIS);
        boolean patient = System.nanoTime() - start < PATIENCE_NANOS;
        complete = watches.values().stream().allMatch(ContextWatch::synced);
        if (watches.get(own).synced() && (complete || !patient)) {
          give();
        }
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "discovery of {0} ends", own);
    }
  }

  private void give() {
    try {
      Map<String, ContextObjects> contexts = new HashMap<>();
      watches.forEach((name, watch) -> {
        if (watch.synced()) {
          contexts.put(name, watch.objects());
        }
      });
      MeshView view = builder.build(contexts, watches.get(own).own());
      if (!view.equals(given)) {
        given = view;
        listener.accept(view);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a view of " + own + " could not be made or given", e);
    }
  }
}
