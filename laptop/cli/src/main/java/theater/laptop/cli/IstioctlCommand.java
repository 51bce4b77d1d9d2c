package theater.laptop.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// The learner's own istioctl. `THEATER_ISTIOCTL` names the program, otherwise it is looked for on
/// the PATH.
@Command(name = "istioctl")
final class IstioctlCommand extends ForegroundTool {
  IstioctlCommand(Settings settings, Messages messages) {
    super(settings, messages);
  }

  @Override
  Path program() {
    String given = System.getenv().getOrDefault("THEATER_ISTIOCTL", "");
    Stream<Path> places =
        given.isEmpty()
            ? Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "istioctl"))
            : Stream.of(Path.of(given));
    return places
        .filter(Files::isRegularFile)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> messages.failure("istioctl.missing"));
  }
}
