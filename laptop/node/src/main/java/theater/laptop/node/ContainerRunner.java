package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import theater.kube.Meta;

/// One container of a pod: starts its process, watches it, asks its probes, starts it again. Only
/// the pod's own thread calls it.
final class ContainerRunner implements ProbeLoop.Listener {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private final AgentParts parts;
  private final PodPlace place;
  private final PodWorker pod;
  private final JsonNode container;
  private final boolean init;
  private final BackOff restartBackOff;
  private final BackOff pullBackOff;
  private final List<ProbeLoop> probes = new ArrayList<>();

  private ObjectNode state = ContainerState.waiting("ContainerCreating", "");
  private ObjectNode lastState = JsonNodeFactory.instance.objectNode();
  private String containerId = "";
  private int restarts;
  private boolean ready;
  private boolean started;
  private boolean ended;
  private boolean stopped;
  private Process process;
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
    remember(before);
  }

  /// A container that ran before the node was restarted has ended with it; nobody saw how.
  private void remember(JsonNode before) {
    restarts = before.path("restartCount").asInt();
    if (before.path("lastState").isObject()) {
      lastState = before.path("lastState").deepCopy();
    }
    JsonNode previous = before.path("state");
    if (init && previous.path("terminated").path("exitCode").asInt(1) == 0) {
      state = previous.deepCopy();
      ended = true;
    } else if (previous.has("running")) {
      restarts++;
      Instant since =
          Instant.parse(
              previous
                  .path("running")
                  .path("startedAt")
                  .asText(parts.clock().instant().toString()));
      lastState =
          ContainerState.terminated(
              255,
              "Unknown",
              "the node was restarted",
              since,
              parts.clock().instant(),
              before.path("containerID").asText());
    } else if (previous.has("terminated") || !before.path("containerID").asText().isEmpty()) {
      restarts++;
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
      for (Map.Entry<Path, String> file : spec.files().entrySet()) {
        Files.writeString(file.getKey(), file.getValue());
      }
      if (Files.exists(spec.log()) && Files.size(spec.log()) > 0) {
        Files.move(spec.log(), Path.of(spec.log() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
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
    if (container.has("startupProbe")) {
      probe(ProbeLoop.Kind.STARTUP, container.path("startupProbe"));
    } else {
      startProbes();
    }
    pod.report();
  }

  private void startProbes() {
    started = true;
    JsonNode readiness = proxy() ? ProbeCheck.envoyReady() : container.path("readinessProbe");
    if (readiness.isObject()) {
      probe(ProbeLoop.Kind.READINESS, readiness);
    } else {
      ready = !init;
    }
    if (container.has("livenessProbe") && !proxy()) {
      probe(ProbeLoop.Kind.LIVENESS, container.path("livenessProbe"));
    }
  }

  private void probe(ProbeLoop.Kind kind, JsonNode probe) {
    String address = proxy() ? place.podIp() : place.application();
    probes.add(
        new ProbeLoop(kind, probe, new ProbeCheck(probe, container, address, environment), this));
  }

  @Override
  public void settled(ProbeLoop.Kind kind, boolean success, String message) {
    Process asked = process;
    pod.post(() -> {
      if (stopped || asked != process || !asked.isAlive()) {
        return;
      }
      switch (kind) {
        case READINESS -> ready = success;
        case STARTUP -> {
          if (success) {
            startProbes();
          } else {
            unhealthy("startup");
          }
        }
        case LIVENESS -> {
          if (!success) {
            unhealthy("liveness");
          }
        }
      }
      pod.report();
    });
  }

  @Override
  public void failed(ProbeLoop.Kind kind, String message) {
    // Before the first success of a readiness probe a program is only starting.
    if (kind != ProbeLoop.Kind.READINESS
        || ready
        || parts.clock().instant().isAfter(startedAt.plusSeconds(10))) {
      event("Warning", "Unhealthy", kind.title + " probe failed: " + message);
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
    boolean again =
        init
            ? exitCode != 0 && !policy.equals("Never")
            : policy.equals("Always") || (policy.equals("OnFailure") && exitCode != 0);
    if (stopped || !again) {
      ended = true;
      pod.containerEnded();
      return;
    }
    lastState = state;
    Duration wait = restartBackOff.after(startedAt, now);
    restarts++;
    if (!wait.isZero()) {
      String text = " restarting failed container";
      String who =
          name()
              + " in pod "
              + Meta.name(place.pod())
              + "_"
              + Meta.namespace(place.pod())
              + "("
              + Meta.uid(place.pod())
              + ")";
      state =
          ContainerState.waiting(
              "CrashLoopBackOff",
              "back-off " + shown(wait) + text + "=" + who.replace(" in pod ", " pod="));
      event("Warning", "BackOff", "Back-off" + text + " " + who);
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
    probes.forEach(ProbeLoop::stop);
    probes.clear();
  }

  void event(String severity, String reason, String message) {
    String field = (init ? "spec.initContainers{" : "spec.containers{") + name() + "}";
    parts
        .events()
        .record(theater.kube.ResourceTypes.POD, place.pod(), field, severity, reason, message);
  }

  private static String shown(Duration wait) {
    long seconds = wait.toSeconds();
    return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }
}
