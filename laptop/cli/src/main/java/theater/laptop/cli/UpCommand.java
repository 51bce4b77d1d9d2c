package theater.laptop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import theater.kube.KubeApi;

/// Starts both contexts, deploys the course, waits until every pod is ready, tells how to go on,
/// and returns while all of it runs.
@Command(name = "up")
final class UpCommand implements Callable<Integer> {
  private static final long MIB = 1024 * 1024;
  private static final long NEEDED_DISK = 300 * MIB;
  private static final int INTERRUPTED = 130;

  private final Settings settings;
  private final Messages messages;
  private final Progress progress;
  private final RunFolder run;

  UpCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
    this.progress = new Progress(System.err);
    this.run = new RunFolder(settings.home());
  }

  @Override
  public Integer call() throws IOException {
    Instant began = Instant.now();
    run.create();
    Optional<RunFolder.Held> lock = run.lock("up");
    if (lock.isEmpty()) {
      throw messages.failure("up.busy", settings.home().root());
    }
    try (RunFolder.Held held = lock.get()) {
      sameInstance();
      boolean running = run.supervisor().isPresent();
      AtomicBoolean unfinished = new AtomicBoolean(!running);
      Thread hook = new Thread(() -> interrupted(unfinished));
      Runtime.getRuntime().addShutdownHook(hook);
      boolean done = false;
      try {
        if (running) {
          progress.say(messages.text("up.running"));
          olderBuild();
        } else {
          prepare();
          new SupervisorProcess(settings, messages, progress).start();
        }
        bringUp(running ? Instant.EPOCH : began);
        done = true;
      } finally {
        unfinished.set(false);
        if (!done && !running && run.supervisor().isPresent()) {
          progress.say(messages.text("up.left", settings.supervisorLog()));
        }
      }
      progress.end();
      new Summary(settings, messages).print(Duration.between(began, Instant.now()));
      return held.lock().isValid() ? 0 : 1;
    }
  }

  /// The folder's objects and certificates have its instance's addresses: with others nothing in it
  /// would ever become ready.
  private void sameInstance() throws IOException {
    Path file = settings.home().instance();
    String own = Integer.toString(settings.plan().instance());
    if (!Files.exists(file)) {
      Files.writeString(file, own);
    }
    String its = Files.readString(file).strip();
    if (!its.equals(own)) {
      throw messages.failure("up.instance", settings.home().root(), its, own);
    }
  }

  private void prepare() throws IOException {
    long free = Files.getFileStore(settings.home().root()).getUsableSpace();
    if (free < NEEDED_DISK) {
      throw messages.failure("up.disk", settings.home().root(), free / MIB, NEEDED_DISK / MIB);
    }
    int left = Stopping.of(settings).stop();
    if (left > 0) {
      progress.say(messages.text("up.leftovers", left));
    }
    progress.step(messages.text("up.engines"));
    Kubectl.engines(settings, messages, progress::say).link(settings.engineLinks());
    new AddressCheck(settings.plan(), messages).check(Contexts.NAMES);
  }

  /// @param since pods that started earlier are from before the last stop
  private void bringUp(Instant since) {
    SupervisorProcess supervisor = new SupervisorProcess(settings, messages, progress);
    progress.step(messages.text("up.apis"));
    Map<String, KubeApi> apis = supervisor.awaitApiServers();
    Installation installation =
        new Installation(
            settings,
            messages,
            progress,
            new Kubectl(settings, Kubectl.program(settings, messages)));
    installation.preinstalled(apis);
    installation.course(apis);
    new Readiness(
            settings, messages, progress, apis, supervisor, since.truncatedTo(ChronoUnit.SECONDS))
        .await();
  }

  /// A theater that already runs goes on with the build that it was started with.
  private void olderBuild() throws IOException {
    var file = settings.home().run().resolve("build");
    if (Files.exists(file) && !Files.readString(file).strip().equals(settings.build().toString())) {
      progress.say(messages.text("up.older"));
    }
  }

  private void interrupted(AtomicBoolean unfinished) {
    if (unfinished.get()) {
      System.err.println();
      System.err.println(messages.text("up.interrupted"));
      int stopped = Stopping.of(settings).stop();
      System.err.println(messages.text("down.done", stopped));
      Runtime.getRuntime().halt(INTERRUPTED);
    }
  }
}
