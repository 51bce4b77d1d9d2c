package theater.laptop.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import theater.kube.EventRecorder;
import theater.kube.Informer;
import theater.kube.InformerListener;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;
import theater.laptop.node.exec.RunningContainer;
import theater.laptop.node.exec.StreamRefusal;
import theater.laptop.node.exec.StreamServer;
import theater.laptop.node.usage.UsageMeter;

/// The kubelet of one node: runs the pods that are bound to it as processes of this computer.
/// Several may run in one program. While the API server is away, pods go on as they are.
public final class NodeAgent implements AutoCloseable {
  private static final Logger LOG = System.getLogger(NodeAgent.class.getName());
  private static final Duration HEARTBEAT = Duration.ofMinutes(5);
  private static final Duration SHUT_DOWN_GRACE = Duration.ofSeconds(2);

  private final AgentParts parts;
  private final InformerSources sources;
  private final Informer pods;
  private final NodeRegistration registration;
  private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
  private final Map<String, ObjectNode> early = new ConcurrentHashMap<>();
  private StreamServer streams;
  private boolean begun;
  private boolean closed;

  /// @param addresses shared by the agents of one context
  public NodeAgent(
      NodeConfig config,
      KubeApi api,
      ImageStore images,
      TokenSource tokens,
      PodAddresses addresses) {
    this(config, api, images, tokens, addresses, BackOff.FIRST);
  }

  NodeAgent(
      NodeConfig config,
      KubeApi api,
      ImageStore images,
      TokenSource tokens,
      PodAddresses addresses,
      Duration restartPause) {
    Clock clock = Clock.systemUTC();
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("node " + config.nodeName() + " timers").factory());
    timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    EventRecorder events = new EventRecorder(api, "kubelet", config.nodeName(), clock);
    this.sources = new InformerSources(api, config.nodeName(), this::changed);
    this.parts =
        new AgentParts(
            config,
            api,
            images,
            sources,
            tokens,
            addresses,
            this::envoys,
            new UsageMeter(config.nodeName(), config.home().usage(config.nodeName()), clock),
            events,
            timers,
            clock,
            restartPause);
    this.registration = new NodeRegistration(config, api, clock);
    this.pods = new Informer(api, ResourceTypes.POD, null, new Pods());
  }

  /// Returns at once; the API server may come later.
  public NodeAgent start() {
    Path socket = parts.config().home().nodeSocket(parts.config().nodeName());
    try {
      streams = StreamServer.start(socket, this::running);
    } catch (IOException e) {
      LOG.log(Level.ERROR, "{0}: no exec and no attach: {1}", socket, e.toString());
    }
    every(UsageMeter.PERIOD_MILLIS, parts.meter());
    every(
        LogClock.PERIOD_MILLIS,
        new LogClock(parts.config().home().pods(parts.config().context()), parts.clock()));
    Thread.ofVirtual()
        .name("node " + parts.config().nodeName())
        .start(() -> {
          try {
            sources.start();
            register();
            sources.awaitSynced();
            pods.start();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return this;
  }

  private void every(long millis, Runnable task) {
    parts.timers().scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  private RunningContainer running(String uid, String container) throws StreamRefusal {
    PodWorker worker = workers.get(uid);
    try {
      Optional<RunningContainer> found =
          worker == null ? Optional.empty() : worker.running(container).get(10, TimeUnit.SECONDS);
      return found.orElseThrow(() ->
          new StreamRefusal(
              "unable to upgrade connection: container not found (\"" + container + "\")"));
    } catch (ExecutionException | TimeoutException e) {
      throw new StreamRefusal("pod " + uid + " does not answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamRefusal("the node is going down");
    }
  }

  /// Ends all processes of the node, in at most a few seconds; Pod objects and folders stay, a
  /// later start continues them.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    if (streams != null) {
      streams.close();
    }
    pods.close();
    sources.close();
    parts.timers().shutdownNow();
    parts.meter().forget();
    workers.values().forEach(worker -> worker.shutDown(SHUT_DOWN_GRACE));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (!workers.isEmpty() && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    parts.events().close();
  }

  private void register() throws InterruptedException {
    while (true) {
      try {
        registration.register();
        break;
      } catch (KubeException | KubeUnavailableException e) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    parts
        .timers()
        .scheduleAtFixedRate(
            this::heartbeat, HEARTBEAT.toSeconds(), HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
  }

  private void heartbeat() {
    Thread.ofVirtual()
        .start(() -> {
          try {
            registration.register();
          } catch (KubeException | KubeUnavailableException e) {
            LOG.log(
                Level.DEBUG, "heartbeat of {0}: {1}", parts.config().nodeName(), e.getMessage());
          }
        });
  }

  private void changed(ResourceType type, String namespace) {
    boolean everywhere = type.equals(ResourceTypes.SERVICE);
    workers.forEach((key, worker) -> {
      if (everywhere || worker.namespace().equals(namespace)) {
        worker.sourcesChanged();
      }
    });
  }

  private List<EnvoyAdmin> envoys() {
    return workers.values().stream()
        .map(PodWorker::place)
        .filter(place -> PodPlace.proxied(place.pod()) && !place.podIp().isEmpty())
        .map(place -> new EnvoyAdmin(place.admin()))
        .toList();
  }

  private boolean mine(ObjectNode pod) {
    return pod.path("spec").path("nodeName").asText().equals(parts.config().nodeName());
  }

  /// Pods that have an address keep it before any other pod is given one.
  private synchronized void begin() {
    begun = true;
    pods.all().stream()
        .sorted((a, b) -> Meta.uid(a).compareTo(Meta.uid(b)))
        .forEach(pod -> early.put(Meta.uid(pod), pod));
    Map<String, String> kept = new ConcurrentHashMap<>();
    for (ObjectNode pod : early.values()) {
      String podIp = pod.path("status").path("podIP").asText("");
      if (mine(pod) && parts.addresses().keep(podIp)) {
        kept.put(Meta.uid(pod), podIp);
      }
    }
    PodFolder.deleteOthers(
        parts.config().home().pods(parts.config().context()), new HashSet<>(early.keySet()));
    early.values().stream()
        .filter(this::mine)
        .forEach(pod -> work(pod, kept.getOrDefault(Meta.uid(pod), "")));
    early.clear();
  }

  private void work(ObjectNode pod, String podIp) {
    String uid = Meta.uid(pod);
    workers.computeIfAbsent(
        uid, key -> new PodWorker(parts, pod, podIp, () -> workers.remove(uid)));
  }

  private final class Pods implements InformerListener {
    @Override
    public void added(ObjectNode pod) {
      synchronized (NodeAgent.this) {
        if (begun && !closed && mine(pod)) {
          work(pod, "");
        }
      }
    }

    @Override
    public void modified(ObjectNode before, ObjectNode now) {
      PodWorker worker = workers.get(Meta.uid(now));
      if (worker == null) {
        added(now);
      } else if (mattersTo(before, now)) {
        worker.update(now);
      }
    }

    /// The agent's own status writes do not.
    private boolean mattersTo(ObjectNode before, ObjectNode now) {
      return Meta.deleting(now) != Meta.deleting(before)
          || !before
              .path("metadata")
              .path("deletionGracePeriodSeconds")
              .equals(now.path("metadata").path("deletionGracePeriodSeconds"))
          || !before.path("spec").equals(now.path("spec"))
          || !Meta.labels(before).equals(Meta.labels(now))
          || !Meta.annotations(before).equals(Meta.annotations(now));
    }

    @Override
    public void deleted(ObjectNode pod) {
      PodWorker worker = workers.get(Meta.uid(pod));
      if (worker != null) {
        worker.gone();
      }
    }

    @Override
    public void synced() {
      begin();
    }
  }
}
