package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import theater.kube.Meta;

/// One container of a pod: starts its process, watches it, asks its probes, starts it again. Only
/// the pod's own thread calls it.
final class ContainerRunner {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private final AgentParts parts;
  private final PodPlace place;
  private final PodWorker pod;
  private final JsonNode container;
  private final boolean init;
  private final BackOff restartBackOff;
  private final BackOff pullBackOff;

  private ObjectNode state = ContainerState.waiting("ContainerCreating", "");
  private ObjectNode lastState;
  private String containerId = "";
  private int restarts;
  private boolean ready;
  private boolean started;
  private boolean ended;
  private boolean stopped;
  private Process process;
  private Probes probes;
  private Map<String, String> environment = Map.of();
  private Instant startedAt;
  private long generation;
  private String lastTrouble = "";

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
    this.restartBackOff = new BackOff(parts.restartPause());
    this.pullBackOff = new BackOff(parts.restartPause());
    if (init) {
      state = ContainerState.waiting("PodInitializing", "");
    }
    ContainerHistory history = ContainerHistory.of(before, init, parts.clock().instant());
    restarts = history.restarts();
    lastState = history.lastState();
    if (history.done() != null) {
      state = history.done();
      ended = true;
    }
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

  Map<String, String> environment() {
    return environment;
  }

  /// Whether it waits for a ConfigMap or Secret that may have come.
  void sourcesChanged() {
    if (state.path("waiting").path("reason").asText().equals("CreateContainerConfigError")) {
      start();
    }
  }

  void start() {
    if (stopped || (process != null && process.isAlive())) {
      return;
    }
    generation++;
    Image image;
    ProcessSpec spec;
    try {
      image = parts.images().image(container.path("image").asText());
      spec = ProcessSpecs.of(place, parts.config(), parts.sources(), container, image);
    } catch (ImagePullException e) {
      pullFailed(e.getMessage());
      return;
    } catch (ContainerConfigException e) {
      trouble("CreateContainerConfigError", e.getMessage(), "Error: " + e.getMessage());
      again(LOOK_AGAIN);
      return;
    }
    event(
        "Normal",
        "Pulled",
        "Container image \"" + image.reference() + "\" already present on machine");
    launch(spec);
  }

  private void launch(ProcessSpec spec) {
    startedAt = parts.clock().instant();
    containerId = "theater://" + UUID.randomUUID();
    environment = spec.environment();
    try {
      process = Launcher.shared().start(spec);
    } catch (IOException e) {
      event(
          "Warning",
          "Failed",
          "Error: failed to start container \"" + name() + "\": " + e.getMessage());
      finished(128, "StartError", e.getMessage());
      return;
    }
    event("Normal", "Created", "Created container: " + name());
    event("Normal", "Started", "Started container " + name());
    lastTrouble = "";
    state = ContainerState.running(startedAt);
    long mine = generation;
    Process watched = process;
    watched.onExit().thenRun(() -> pod.post(() -> exited(mine, watched.exitValue())));
    probes = new Probes(place, container, environment, told(process));
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
            event("Warning", "Unhealthy", kind.title + " probe failed: " + message);
          }
        });
      }
    };
  }

  private void take(ProbeLoop.Kind kind, boolean success) {
    if (kind == ProbeLoop.Kind.READINESS) {
      ready = success;
    } else if (!success) {
      unhealthy(kind.title.toLowerCase(java.util.Locale.ROOT));
    } else if (kind == ProbeLoop.Kind.STARTUP) {
      begun();
    }
  }

  private void unhealthy(String which) {
    event(
        "Normal",
        "Killing",
        "Container " + name() + " failed " + which + " probe, will be restarted");
    stopProbes();
    ready = false;
    Process ill = process;
    Launcher.terminate(ill);
    long grace = place.pod().path("spec").path("terminationGracePeriodSeconds").asLong(30);
    parts.later(Duration.ofSeconds(grace), () -> Launcher.kill(ill));
  }

  private void exited(long which, int exitCode) {
    if (which == generation && !ended) {
      finished(
          exitCode,
          exitCode == 0 ? "Completed" : "Error",
          exitCode == 0 ? "" : LogTail.of(place.log(name())));
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
    if (stopped || !RestartRule.again(policy, init, exitCode)) {
      ended = true;
      pod.containerEnded();
      return;
    }
    lastState = state;
    Duration wait = restartBackOff.after(startedAt, now);
    restarts++;
    if (!wait.isZero()) {
      backOff(wait);
      restarts--;
    }
    pod.report();
    boolean counted = wait.isZero();
    long mine = generation;
    Runnable next =
        () -> {
          if (mine == generation && !stopped) {
            restarts += counted ? 0 : 1;
            start();
          }
        };
    if (counted) {
      next.run();
    } else {
      parts.later(wait, () -> pod.post(next));
    }
  }

  private void backOff(Duration wait) {
    String place = Meta.name(this.place.pod()) + "_" + Meta.namespace(this.place.pod());
    String who = place + "(" + Meta.uid(this.place.pod()) + ")";
    String text = "restarting failed container";
    String message =
        "back-off " + RestartRule.shown(wait) + " " + text + "=" + name() + " pod=" + who;
    state = ContainerState.waiting("CrashLoopBackOff", message);
    event("Warning", "BackOff", "Back-off " + text + " " + name() + " in pod " + who);
  }

  private void pullFailed(String message) {
    String reference = container.path("image").asText();
    Instant now = parts.clock().instant();
    Duration wait = pullBackOff.after(now, now);
    String full = "Back-off pulling image \"" + reference + "\": ErrImagePull: " + message;
    if (wait.isZero()) {
      trouble("ErrImagePull", message, "Failed to pull image \"" + reference + "\": " + message);
      wait = LOOK_AGAIN;
    } else {
      trouble("ImagePullBackOff", full, "Error: ImagePullBackOff");
    }
    again(wait);
  }

  private void trouble(String reason, String message, String event) {
    state = ContainerState.waiting(reason, message);
    if (!lastTrouble.equals(event)) {
      event("Warning", "Failed", event);
      lastTrouble = event;
    }
    pod.report();
  }

  private void again(Duration wait) {
    long mine = generation;
    parts.later(
        wait,
        () ->
            pod.post(() -> {
              if (mine == generation) {
                start();
              }
            }));
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

  void event(String severity, String reason, String message) {
    String field = (init ? "spec.initContainers{" : "spec.containers{") + name() + "}";
    parts
        .events()
        .record(theater.kube.ResourceTypes.POD, place.pod(), field, severity, reason, message);
  }
}
