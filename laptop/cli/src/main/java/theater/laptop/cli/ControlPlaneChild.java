package theater.laptop.cli;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import theater.laptop.node.Launcher;

/// Keeps one context's control plane running: starts it again when it ends, later each time while
/// it does not live long.
final class ControlPlaneChild implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ControlPlaneChild.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LIVED_WELL = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Settings settings;
  private final String context;
  private volatile Process process;
  private volatile boolean closed;

  ControlPlaneChild(Settings settings, String context) {
    this.settings = settings;
    this.context = context;
  }

  ControlPlaneChild start() {
    Thread.ofVirtual().name("control plane " + context).start(this::keep);
    return this;
  }

  private void keep() {
    Duration pause = FIRST_PAUSE;
    Path log = settings.home().run().resolve("control-plane-" + context + ".log");
    Map<String, String> environment = new HashMap<>(System.getenv());
    Platform.environment(settings, environment);
    try {
      while (!closed) {
        Instant began = Instant.now();
        try {
          process =
              Launcher.start(
                  Platform.java(settings, "control-plane", context),
                  environment,
                  settings.home().root(),
                  log);
          int exit = process.waitFor();
          if (!closed) {
            LOG.log(Level.WARNING, "control plane of {0} ended with {1}", context, exit);
          }
        } catch (IOException e) {
          LOG.log(Level.ERROR, "control plane of {0} cannot be started: {1}", context, e);
        }
        boolean well = Duration.between(began, Instant.now()).compareTo(LIVED_WELL) > 0;
        pause = well ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        TimeUnit.MILLISECONDS.sleep(closed ? 0 : pause.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    Process running = process;
    if (running != null) {
      running.destroy();
      // In a training it makes its start cache before it ends.
      Duration grace = settings.training().isPresent() ? Trained.END : GRACE;
      try {
        if (!running.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
          running.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
