package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Runs kubectl and the course's scripts on the instance.
record Kubectl(Settings settings, Path program) {

  static Path program(Settings settings, Messages messages) {
    Path link = settings.engineLinks().resolve(Engine.named("kubectl").link());
    return Files.isExecutable(link)
        ? link
        : engines(settings, messages, text -> {}).find(Engine.named("kubectl"));
  }

  static EngineFolder engines(Settings settings, Messages messages, Consumer<String> progress) {
    return new EngineFolder(
        settings.engines(),
        settings.build().resolve("platform/engines"),
        System.getenv("THEATER_PINNED") == null ? System.getenv().getOrDefault("PATH", "") : "",
        "python3",
        messages,
        progress);
  }

  /// @param input standard input, or null
  /// @param lines told each line of output
  /// @return the exit code
  int run(String input, Consumer<String> lines, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    if (words.getFirst().equals("kubectl")) {
      words.set(0, program.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).directory(settings.root().toFile());
    Map<String, String> environment = builder.environment();
    environment.put("KUBECONFIG", settings.home().kubeconfig().toString());
    environment.put("DOMAIN", settings.domain());
    environment.put("THEATER_LANG", settings.language().getLanguage());
    environment.put("PATH", program.getParent() + ":" + environment.getOrDefault("PATH", ""));
    try {
      Process process = builder.start();
      try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
        stdin.write(input == null ? "" : input);
      }
      try (var output = process.inputReader(StandardCharsets.UTF_8)) {
        output.lines().forEach(lines);
      }
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(words.getFirst() + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
