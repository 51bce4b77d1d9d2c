package theater.laptop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// The learner's own istioctl with the instance's kubeconfig; every argument is istioctl's.
/// `THEATER_ISTIOCTL` names the program, otherwise it is looked for on the PATH.
@Command(name = "istioctl")
final class IstioctlCommand implements Callable<Integer> {
  private final Settings settings;
  private final Messages messages;

  @Unmatched List<String> arguments = new ArrayList<>();

  IstioctlCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!settings.everStarted()) {
      throw messages.failure("kubectl.never");
    }
    Path program = program().orElseThrow(() -> messages.failure("istioctl.missing"));
    return new ForegroundTool(settings, program).run(arguments);
  }

  private static Optional<Path> program() {
    String given = System.getenv().getOrDefault("THEATER_ISTIOCTL", "");
    Stream<Path> places =
        given.isEmpty()
            ? Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "istioctl"))
            : Stream.of(Path.of(given));
    return places.filter(Files::isRegularFile).filter(Files::isExecutable).findFirst();
  }
}
