package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import theater.kube.KubeTime;
import theater.kube.Meta;
import theater.kube.ResourceTypes;
import theater.laptop.node.exec.RunningContainer;

/// One pod from its binding to its end. Everything happens on one virtual thread, which takes one
/// task after the other; processes, probes, timers and watches only post tasks.
final class PodWorker {
  private static final Logger LOG = System.getLogger(PodWorker.class.getName());
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration NEW_TOKEN = Duration.ofMinutes(20);
  private static final Runnable END = () -> {};

  private final AgentParts parts;
  private final Runnable forgotten;
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final StatusWriter writer;
  private final Instant since;
  private volatile JsonNode pod;
  private volatile PodPlace place;
  private PodFolder folder;
  private PodContainers containers = new PodContainers();
  private JsonNode conditions;
  private boolean prepared;
  private boolean stopping;
  private boolean deleted;
  private boolean over;
  private boolean looking;
  private String lastTrouble = "";
  private Instant lastTold = Instant.MIN;
  private volatile PodStop stop;

  /// @param podIp the address it keeps, or empty
  /// @param forgotten called when nothing of the pod is left
  PodWorker(AgentParts parts, JsonNode pod, String podIp, Runnable forgotten) {
    this.parts = parts;
    this.pod = pod;
    this.forgotten = forgotten;
    this.writer = new StatusWriter(parts.api(), pod);
    this.conditions = pod.path("status").path("conditions");
    this.since = KubeTime.instant(pod.path("status").path("startTime"), parts.clock().instant());
    this.place = new PodPlace(pod, podIp, parts.config().context(), parts.config().home());
    tasks.add(this::begin);
    Thread.ofVirtual().name("pod " + Meta.key(pod)).start(this::run);
  }

  void post(Runnable task) {
    tasks.add(task);
  }

  PodPlace place() {
    return place;
  }

  String namespace() {
    return Meta.namespace(pod);
  }

  /// Where a program can be started that joins this container; empty when it does not run.
  CompletableFuture<Optional<RunningContainer>> running(String container) {
    CompletableFuture<Optional<RunningContainer>> answer = new CompletableFuture<>();
    post(() ->
        answer.complete(
            runners().stream()
                .filter(each -> each.name().equals(container))
                .filter(each -> each.process() != null && each.process().isAlive())
                .map(each -> PodDoor.into(place, each))
                .findFirst()));
    return answer;
  }

  /// The object changed.
  void update(JsonNode now) {
    post(() -> {
      pod = now;
      if (Meta.deleting(now)) {
        stop(
            Duration.ofSeconds(now.path("metadata").path("deletionGracePeriodSeconds").asLong(30)));
      } else {
        containers.update(now);
        sourcesChanged();
      }
    });
  }

  /// The object is gone: what still runs is killed.
  void gone() {
    PodStop running = stop;
    if (running != null) {
      running.atOnce();
    }
    post(() -> {
      deleted = true;
      stop(Duration.ZERO);
    });
  }

  /// The node goes down: processes end, object and folder stay.
  void shutDown(Duration grace) {
    post(() -> {
      writer.close();
      runners().forEach(ContainerRunner::stop);
      stopping = true;
      PodStop now = new PodStop(place, runners(), grace, Departure.AT_ONCE);
      stop = now;
      now.run();
      over = true;
      forgotten.run();
      post(END);
    });
  }

  void sourcesChanged() {
    post(() -> {
      if (stopping || folder == null) {
        return;
      }
      prepare();
      runners().forEach(ContainerRunner::sourcesChanged);
    });
  }

  private void run() {
    while (!over) {
      try {
        tasks.take().run();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "pod " + Meta.key(pod), e);
      }
    }
  }

  private void begin() {
    String phase = pod.path("status").path("phase").asText();
    boolean done = phase.equals("Succeeded") || phase.equals("Failed");
    if (Meta.deleting(pod)) {
      stop(Duration.ZERO);
      return;
    }
    if (done) {
      return;
    }
    if (place.podIp().isEmpty()) {
      try {
        place = new PodPlace(pod, parts.addresses().take(), place.context(), place.home());
      } catch (ContainerConfigException e) {
        trouble("FailedCreatePodSandBox", e.getMessage());
        parts.later(LOOK_AGAIN, () -> post(this::begin));
        return;
      }
    }
    folder = new PodFolder(place, parts);
    containers = new PodContainers(parts, place, this);
    report();
    prepare();
    parts.later(NEW_TOKEN, this::renew);
  }

  private void renew() {
    sourcesChanged();
    if (!over) {
      parts.later(NEW_TOKEN, this::renew);
    }
  }

  private void prepare() {
    try {
      folder.write(pod);
    } catch (RuntimeException e) {
      trouble("FailedMount", String.valueOf(e.getMessage()));
      if (!prepared && !looking) {
        looking = true;
        parts.later(
            LOOK_AGAIN,
            () ->
                post(() -> {
                  looking = false;
                  sourcesChanged();
                }));
      }
      return;
    }
    lastTrouble = "";
    if (!prepared) {
      prepared = true;
      containers.advance();
    }
  }

  private void trouble(String reason, String message) {
    Instant now = parts.clock().instant();
    if (!lastTrouble.equals(message) || !now.isBefore(lastTold.plus(parts.restartPause()))) {
      lastTrouble = message;
      lastTold = now;
      parts.events().warning(ResourceTypes.POD, pod, reason, message);
    }
  }

  /// A container ended for good.
  void containerEnded() {
    report();
    if (!stopping && prepared) {
      containers.ended();
    }
  }

  void report() {
    if (stopping) {
      return;
    }
    ObjectNode status =
        PodStatus.of(
            pod,
            place.podIp(),
            since,
            containers.initStates(),
            containers.mainStates(),
            conditions,
            parts.clock().instant());
    conditions = status.path("conditions");
    writer.write(status);
  }

  private List<ContainerRunner> runners() {
    return containers.all();
  }

  private void stop(Duration grace) {
    if (stopping) {
      if (deleted) {
        finish();
      }
      return;
    }
    stopping = true;
    List<ContainerRunner> all = runners();
    all.forEach(ContainerRunner::stop);
    PodStop now = new PodStop(place, all, grace, Departure.of(place, parts.envoys().get()));
    stop = now;
    Thread.ofVirtual()
        .name("stop " + Meta.key(pod))
        .start(() -> {
          now.run();
          post(this::stopped);
        });
  }

  private void stopped() {
    stop = null;
    if (!place.podIp().isEmpty()) {
      parts.addresses().free(place.podIp());
    }
    if (deleted) {
      finish();
    } else {
      writer.remove(() -> post(this::finish));
    }
  }

  private void finish() {
    if (over || stop != null) {
      return;
    }
    over = true;
    writer.close();
    PodFolder.delete(place);
    forgotten.run();
  }
}
