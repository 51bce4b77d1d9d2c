package theater.mesh.translation.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.EnvoyConfig;

/// `envoy --mode validate` for many translations at once.
final class EnvoyValidation {
  private final Path envoy;
  private final Path folder;

  EnvoyValidation(Path envoy, Path folder) {
    this.envoy = envoy;
    this.folder = folder;
  }

  /// The binary of the pinned version; empty when it is not there.
  static Optional<Path> binary() {
    String engines = System.getenv("THEATER_ENGINES");
    String cache =
        System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    Path found =
        Path.of(engines != null ? engines : cache + "/theater/engines")
            .resolve("envoy-1.40.0/envoy");
    return Files.isExecutable(found) ? Optional.of(found) : Optional.empty();
  }

  /// A translation that Envoy refuses, and what it says.
  record Refused(EnvoyConfig config, String text) {}

  /// The first refused one of each half that holds one: enough to see what is wrong.
  List<Refused> refused(List<EnvoyConfig> configs) throws IOException, InterruptedException {
    List<Refused> result = new ArrayList<>();
    look(configs, result);
    return result;
  }

  private void look(List<EnvoyConfig> configs, List<Refused> result)
      throws IOException, InterruptedException {
    Optional<String> text = validate(configs);
    if (text.isEmpty() || result.size() >= 5) {
      return;
    }
    if (configs.size() == 1) {
      result.add(new Refused(configs.getFirst(), text.get()));
      return;
    }
    look(configs.subList(0, configs.size() / 2), result);
    look(configs.subList(configs.size() / 2, configs.size()), result);
  }

  private Optional<String> validate(List<EnvoyConfig> configs)
      throws IOException, InterruptedException {
    Path bootstrap = folder.resolve("bootstrap.pb");
    Path log = folder.resolve("envoy.log");
    Files.write(bootstrap, new EnvoyBatch(configs).bytes());
    Process process =
        new ProcessBuilder(
                envoy.toString(),
                "--mode",
                "validate",
                "-c",
                bootstrap.toString(),
                "-l",
                "error",
                "--disable-hot-restart")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return process.waitFor() == 0 ? Optional.empty() : Optional.of(Files.readString(log));
  }
}
