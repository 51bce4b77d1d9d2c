package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Makes the start caches of a build (JEP 514): each program runs once, does what it does, and
/// leaves what it loaded. A program whose training fails starts slower, nothing else.
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  private final Settings settings;
  private final Messages messages;

  /// Its monitor is held by who cleans up: once.
  private final AtomicBoolean unfinished = new AtomicBoolean(true);

  TrainCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() throws IOException {
    Progress progress = new Progress(System.err);
    EngineFolder engines = Kubectl.engines(settings, messages, progress::say);
    Path kubectl = engines.find(Engine.named("kubectl"));
    Path work = Files.createTempDirectory("theater-train");
    PlatformTraining platform = new PlatformTraining(settings, work, kubectl);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(platform)));
    try {
      StartCaches caches =
          new StartCaches(settings.engines().resolveSibling("aot"), settings.java());
      try (ImageTraining images =
          new ImageTraining(settings, work, engines.find(Engine.named("redis-server")))) {
        for (Path image : images()) {
          String name = image.getParent().getFileName().toString();
          attempt(progress, caches, name, images.of(image), work);
        }
      }
      attempt(progress, caches, messages.text("train.platform"), platform, work);
      Files.writeString(trained(), "");
      unfinished.set(false);
    } finally {
      progress.end();
      synchronized (unfinished) {
        Folders.delete(work);
      }
    }
    return 0;
  }

  /// Ctrl-C: what was started ends, what was written goes, and the next `up` trains again.
  private void interrupted(PlatformTraining platform) {
    synchronized (unfinished) {
      if (!unfinished.get()) {
        return;
      }
      System.err.println();
      System.err.println(messages.text("up.interrupted"));
      try {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        if (Files.isDirectory(platform.trial().home().run())) {
          Stopping.of(platform.trial()).stop();
        }
        Files.deleteIfExists(trained());
        Folders.delete(platform.work());
      } catch (IOException | UncheckedIOException e) {
        System.err.println(e.getMessage());
      } finally {
        Runtime.getRuntime().halt(INTERRUPTED);
      }
    }
  }

  private Path trained() {
    return settings.build().resolve("trained");
  }

  private void attempt(
      Progress progress, StartCaches caches, String name, Training training, Path work) {
    progress.step(messages.text("train.program", name));
    try {
      caches.get(training, work);
    } catch (TrainingException e) {
      synchronized (unfinished) {
        progress.say(messages.text("train.failed", name, e.getMessage()));
      }
    }
  }

  /// The folders of images that say how to train them.
  private List<Path> images() throws IOException {
    try (Stream<Path> names = Files.list(settings.images())) {
      return names
          .map(name -> name.resolve("latest"))
          .filter(image -> ImageTraining.described(image))
          .sorted()
          .toList();
    }
  }
}
