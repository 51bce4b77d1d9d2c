package theater.laptop.node;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends a pod's processes in the order that costs no request: when no Envoy of the context knows
/// the pod any more, its own Envoy sends those elsewhere who keep a connection (callers of the
/// other context), and the application is told to end; it answers for a moment more; then its Envoy
/// ends, after the requests under way.
final class PodStop {
  private static final Duration HANG_UP_AT_MOST = Duration.ofSeconds(4);
  private static final Duration DRAIN_AT_MOST = Duration.ofSeconds(5);
  private static final Duration ENVOY_GRACE = Duration.ofSeconds(3);
  private final PodPlace place;
  private final List<ContainerRunner> runners;
  private final Duration grace;
  private final Departure departure;
  private volatile boolean atOnce;

  PodStop(PodPlace place, List<ContainerRunner> runners, Duration grace, Departure departure) {
    this.place = place;
    this.runners = runners;
    this.grace = grace;
    this.departure = departure;
  }

  /// No more waiting; may be called by another thread while [#run] runs.
  void atOnce() {
    atOnce = true;
    living(true).forEach(Launcher::kill);
    living(false).forEach(Launcher::kill);
  }

  /// Returns when every process has ended.
  void run() {
    long deadline = System.nanoTime() + grace.toNanos();
    for (ContainerRunner runner : runners) {
      if (runner.process() != null && runner.process().isAlive()) {
        runner.events().normal("Killing", "Stopping container " + runner.name());
      }
    }
    depart(System.nanoTime() + grace.toNanos() * 2 / 3);
    List<Process> applications = living(false);
    runners.stream().filter(runner -> !runner.proxy()).forEach(this::preStop);
    applications.forEach(Launcher::terminate);
    applications.forEach(process -> end(process, deadline));
    List<Process> envoys = living(true);
    if (!envoys.isEmpty() && !atOnce && !grace.isZero()) {
      drain(Math.max(deadline, System.nanoTime() + DRAIN_AT_MOST.toNanos() / 10));
    }
    envoys.forEach(Launcher::terminate);
    envoys.forEach(
        process -> end(process, System.nanoTime() + (grace.isZero() ? 0 : ENVOY_GRACE.toNanos())));
  }

  private List<Process> living(boolean proxy) {
    return runners.stream()
        .filter(runner ->
            runner.proxy() == proxy && runner.process() != null && runner.process().isAlive())
        .map(ContainerRunner::process)
        .toList();
  }

  /// Kubernetes: Lifecycle.preStop, `sleep` and `exec`.
  private void preStop(ContainerRunner runner) {
    var hook = runner.manifest().path("lifecycle").path("preStop");
    if (hook.isMissingNode() || runner.process() == null || !runner.process().isAlive() || atOnce) {
      return;
    }
    long millis =
        Math.min(
            grace.toMillis(),
            TimeUnit.SECONDS.toMillis(hook.path("sleep").path("seconds").asLong(0)));
    if (millis > 0) {
      end(runner.process(), System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), false);
    } else if (hook.has("exec")) {
      var probe = hook.deepCopy();
      ((com.fasterxml.jackson.databind.node.ObjectNode) probe)
          .put("timeoutSeconds", Math.max(1, grace.toSeconds()));
      String failure =
          new ProbeCheck(probe, runner.manifest(), place.application(), runner.spec().environment())
              .failure();
      if (!failure.isEmpty()) {
        runner.events().warning("FailedPreStopHook", "PreStopHook failed: " + failure);
      }
    }
  }

  private void end(Process process, long deadline) {
    if (!end(process, deadline, true)) {
      Launcher.kill(process);
      process.onExit().join();
    }
  }

  private boolean end(Process process, long deadline, boolean untilKilled) {
    try {
      process.onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return !untilKilled;
    } catch (InterruptedException | ExecutionException e) {
      return false;
    }
  }

  /// A pod that nobody has to forget, or whose Envoy is gone, waits for nothing.
  private void depart(long deadline) {
    if (atOnce || grace.isZero()) {
      return;
    }
    try {
      departure.await(deadline, () -> atOnce);
      if (!living(true).isEmpty()) {
        hangUp(Math.min(deadline, System.nanoTime() + HANG_UP_AT_MOST.toNanos()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A connection ends with its next answer. Callers of the other context keep theirs through the
  /// gateways although the pod is forgotten: one that is used later would find no application.
  private void hangUp(long deadline) throws InterruptedException {
    try {
      EnvoyAdmin envoy = new EnvoyAdmin(place.admin());
      envoy.drain(place.sidecar());
      while (!atOnce && System.nanoTime() < deadline && envoy.connections() > 0) {
        Thread.sleep(50);
      }
    } catch (IOException e) {
      // It is gone already.
    }
  }

  private void drain(long deadline) {
    try {
      EnvoyAdmin envoy = new EnvoyAdmin(place.admin());
      long until = Math.min(deadline, System.nanoTime() + DRAIN_AT_MOST.toNanos());
      while (!atOnce && System.nanoTime() < until && envoy.active() > 0) {
        Thread.sleep(50);
      }
    } catch (IOException e) {
      // It is gone already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
