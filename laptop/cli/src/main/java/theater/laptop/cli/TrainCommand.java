package theater.laptop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Makes the start caches of a build (JEP 514): each program runs once, does what it does, and
/// leaves what it loaded. A program whose training fails starts slower, nothing else.
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private final Settings settings;
  private final Messages messages;

  TrainCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() throws IOException {
    Progress progress = new Progress(System.err);
    EngineFolder engines = Kubectl.engines(settings, messages, progress::say);
    Path work = Files.createTempDirectory("theater-train");
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
      attempt(
          progress,
          caches,
          messages.text("train.platform"),
          new PlatformTraining(settings, work, engines.find(Engine.named("kubectl"))),
          work);
      Files.writeString(settings.build().resolve("trained"), "");
    } finally {
      progress.end();
      Folders.delete(work);
    }
    return 0;
  }

  private void attempt(
      Progress progress, StartCaches caches, String name, Training training, Path work) {
    progress.step(messages.text("train.program", name));
    try {
      caches.get(training, work);
    } catch (TrainingException e) {
      progress.say(messages.text("train.failed", name, e.getMessage()));
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
