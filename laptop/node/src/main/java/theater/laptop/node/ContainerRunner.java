package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// One container of a pod: starts its process, watches it, asks its probes, starts it again. Only
/// the pod's own thread calls it.
final class ContainerRunner {
  private final AgentParts parts;
  private final PodPlace place;
  private final PodWorker pod;
  private final boolean init;
  private final ContainerEvents events;
  private final BackOff restartBackOff;
  private final ImagePull pull;

  private JsonNode container;
  private ObjectNode state;
  private ObjectNode lastState;
  private String containerId = "";
  private int restarts;
  private boolean ready;
  private boolean started;
  private boolean ended;
  private boolean stopped;
  private Process process;
  private Probes probes;
  private ProcessSpec spec;
  private Instant startedAt;
  private long generation;
  private boolean replaced;

  ContainerRunner(
      AgentParts parts,
      PodPlace place,
      PodWorker pod,
      JsonNode container,
      boolean init,
      JsonNode before) {
    this.parts = parts;
    this.place = place;
    this.pod = pod;
    this.container = container;
    this.init = init;
    this.events = new ContainerEvents(parts.events(), place.pod(), name(), init);
    this.restartBackOff = new BackOff(parts.restartPause());
    this.pull = new ImagePull(parts.images(), events, parts.clock(), parts.restartPause());
    ContainerHistory history = ContainerHistory.of(before, init, parts.clock().instant());
    restarts = history.restarts();
    lastState = history.lastState();
    ended = history.done() != null;
    boolean first = place.pod().path("spec").path("initContainers").isEmpty();
    state =
        ended
            ? history.done()
            : ContainerState.waiting(first ? "ContainerCreating" : "PodInitializing", "");
  }

  String name() {
    return container.path("name").asText();
  }

  boolean proxy() {
    return PodPlace.isProxy(container);
  }

  ContainerState snapshot() {
    return new ContainerState(
        name(),
        container.path("image").asText(),
        containerId,
        ready,
        started,
        restarts,
        state,
        lastState);
  }

  Process process() {
    return process;
  }

  JsonNode manifest() {
    return container;
  }

  /// What the process was made of; null before its first start.
  ProcessSpec spec() {
    return spec;
  }

  /// Whether it waits for a ConfigMap or Secret that may have come.
  void sourcesChanged() {
    if (waitsFor("CreateContainerConfigError")) {
      start();
    }
  }

  private boolean waitsFor(String reason) {
    return state.path("waiting").path("reason").asText().equals(reason);
  }

  /// The object changed: another image means another process (kubelet: a container's definition is
  /// what may change of it while it runs).
  void update(JsonNode now) {
    boolean same = now.path("image").equals(container.path("image"));
    container = now;
    if (same || stopped || ended) {
      return;
    }
    if (process != null && process.isAlive()) {
      replaced = true;
      end("definition changed, will be restarted");
    } else if (state.has("waiting")) {
      restarts += waitsFor("CrashLoopBackOff") ? 1 : 0;
      start();
    }
  }

  void start() {
    if (stopped || (process != null && process.isAlive())) {
      return;
    }
    generation++;
    Image image;
    ProcessSpec next;
    try {
      image = pull.of(container.path("image").asText());
      next = ProcessSpecs.of(place, parts.config(), parts.sources(), container, image);
    } catch (ImagePullException e) {
      trouble(e.reason(), e.getMessage(), pull.again());
      return;
    } catch (ContainerConfigException e) {
      events.warning("Failed", "Error: " + e.getMessage());
      trouble("CreateContainerConfigError", e.getMessage(), parts.restartPause());
      return;
    }
    launch(next);
  }

  private void launch(ProcessSpec next) {
    spec = next;
    startedAt = parts.clock().instant();
    containerId = "theater://" + UUID.randomUUID();
    try {
      process = Launcher.shared().start(spec);
    } catch (IOException e) {
      events.warning(
          "Failed", "Error: failed to start container \"" + name() + "\": " + e.getMessage());
      finished(128, "StartError", e.getMessage());
      return;
    }
    parts.meter().started(place.pod(), container, process);
    events.normal("Created", "Container created");
    events.normal("Started", "Container started");
    state = ContainerState.running(startedAt);
    long mine = generation;
    Process watched = process;
    watched.onExit().thenRun(() -> pod.post(() -> exited(mine, watched.exitValue())));
    probes = new Probes(place, container, spec.environment(), told(process));
    if (!probes.startup()) {
      begun();
    }
    pod.report();
  }

  /// The startup probe has succeeded, or there is none.
  private void begun() {
    started = true;
    ready = !probes.others() && !init;
  }

  private ProbeLoop.Listener told(Process asked) {
    return new ProbeLoop.Listener() {
      @Override
      public void settled(ProbeLoop.Kind kind, boolean success, String message) {
        pod.post(() -> {
          if (!stopped && asked == process && asked.isAlive()) {
            take(kind, success);
            pod.report();
          }
        });
      }

      @Override
      public void failed(ProbeLoop.Kind kind, String message) {
        pod.post(() -> {
          // Before the first success of a readiness probe a program is only starting.
          boolean starting = kind == ProbeLoop.Kind.READINESS && !ready;
          Instant soon = startedAt.plusSeconds(10);
          if (asked == process && (!starting || parts.clock().instant().isAfter(soon))) {
            events.warning("Unhealthy", kind.title + " probe failed: " + message);
          }
        });
      }
    };
  }

  private void take(ProbeLoop.Kind kind, boolean success) {
    if (kind == ProbeLoop.Kind.READINESS) {
      ready = success;
    } else if (!success) {
      String which = kind.title.toLowerCase(java.util.Locale.ROOT);
      end("failed " + which + " probe, will be restarted");
    } else if (kind == ProbeLoop.Kind.STARTUP) {
      begun();
    }
  }

  private void end(String why) {
    events.normal("Killing", "Container " + name() + " " + why);
    stopProbes();
    ready = false;
    Process ill = process;
    Launcher.terminate(ill);
    long grace = place.pod().path("spec").path("terminationGracePeriodSeconds").asLong(30);
    parts.later(Duration.ofSeconds(grace), () -> Launcher.kill(ill));
  }

  private void exited(long which, int exitCode) {
    if (which == generation && !ended) {
      String reason =
          parts.meter().killed(process) ? "OOMKilled" : exitCode == 0 ? "Completed" : "Error";
      String message = reason.equals("Error") ? LogTail.of(container, place.log(name())) : "";
      finished(exitCode, reason, message);
    }
  }

  private void finished(int exitCode, String reason, String message) {
    stopProbes();
    generation++;
    ready = false;
    started = false;
    Instant now = parts.clock().instant();
    state = ContainerState.terminated(exitCode, reason, message, startedAt, now, containerId);
    String policy = place.pod().path("spec").path("restartPolicy").asText("Always");
    if (stopped || (!replaced && !RestartRule.again(policy, init, exitCode))) {
      ended = true;
      pod.containerEnded();
      return;
    }
    lastState = state;
    Duration wait = replaced ? Duration.ZERO : restartBackOff.after(startedAt, now);
    replaced = false;
    if (!wait.isZero()) {
      state = RestartRule.state(wait, name(), place.pod());
    }
    pod.report();
    again(generation, wait);
  }

  /// Starts once more after a while; until then it is told at every look, as kubelet does at each
  /// sync of the pod.
  private void again(long mine, Duration wait) {
    if (mine != generation || stopped) {
      return;
    }
    if (wait.isZero()) {
      restarts++;
      start();
      return;
    }
    events.warning("BackOff", RestartRule.event(name(), place.pod()));
    Duration look = wait.compareTo(parts.restartPause()) < 0 ? wait : parts.restartPause();
    parts.later(look, () -> pod.post(() -> again(mine, wait.minus(look))));
  }

  private void trouble(String reason, String message, Duration wait) {
    state = ContainerState.waiting(reason, message);
    pod.report();
    long mine = generation;
    Runnable next =
        () -> {
          if (mine == generation) {
            start();
          }
        };
    parts.later(wait, () -> pod.post(next));
  }

  /// Nothing is started or probed any more; the process runs on until it is ended.
  void stop() {
    stopped = true;
    stopProbes();
  }

  private void stopProbes() {
    if (probes != null) {
      probes.stop();
    }
  }

  ContainerEvents events() {
    return events;
  }
}
