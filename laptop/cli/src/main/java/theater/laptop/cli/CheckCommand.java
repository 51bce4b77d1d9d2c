package theater.laptop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `check`: what `kubectl apply` would refuse and warn of, without applying. Asks the running
/// theater (a server dry run); without one, the files alone are looked at.
@Command(name = "check")
final class CheckCommand implements Callable<Integer> {
  private static final int USAGE = 2;
  private final Settings settings;
  private final Messages messages;

  @Option(names = "-f", paramLabel = "FILE")
  private String file;

  @Option(names = "-k", paramLabel = "DIR")
  private String folder;

  @Option(names = "--context", paramLabel = "ctx1|ctx2", defaultValue = "ctx1")
  private String context;

  CheckCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() throws IOException {
    if ((file == null) == (folder == null)) {
      System.err.println(messages.text("check.what"));
      return USAGE;
    }
    if (new RunFolder(settings.home()).supervisor().isPresent()) {
      Kubectl kubectl = new Kubectl(settings, Kubectl.program(settings, messages));
      return kubectl.run(
          null,
          System.out::println,
          "kubectl",
          "--context",
          context,
          "apply",
          "--dry-run=server",
          file == null ? "-k" : "-f",
          path());
    }
    System.err.println(messages.text("check.alone"));
    return new FileCheck(messages, settings.language()).check(yaml()) ? 0 : 1;
  }

  private String path() {
    return Path.of(file == null ? folder : file).toAbsolutePath().toString();
  }

  private String yaml() throws IOException {
    Path place = Path.of(path());
    if (file != null && Files.isRegularFile(place)) {
      return Files.readString(place);
    }
    if (file != null) {
      StringBuilder all = new StringBuilder();
      try (var files = Files.list(place)) {
        for (Path each :
            files.filter(one -> one.toString().matches(".*\\.ya?ml")).sorted().toList()) {
          all.append(Files.readString(each)).append("\n---\n");
        }
      }
      return all.toString();
    }
    List<String> lines = new ArrayList<>();
    int exit =
        new Kubectl(settings, Kubectl.program(settings, messages))
            .run(null, lines::add, "kubectl", "kustomize", path());
    String said = String.join("\n", lines);
    if (exit != 0) {
      throw messages.failure("check.failed", folder, said);
    }
    return said;
  }
}
