package theater.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/// The computer that a table was made on.
final class Machine {
  private Machine() {}

  static String describe() throws IOException {
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(l -> l.startsWith("model name"))
            .map(l -> l.substring(l.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown processor");
    long memory =
        Long.parseLong(
                Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("\\D", ""))
            / 1_000_000;
    return "%s, %d cores, %d GB, Linux %s, JDK %s, %s"
        .formatted(
            processor,
            Runtime.getRuntime().availableProcessors(),
            memory,
            System.getProperty("os.version"),
            Runtime.version(),
            LocalDate.now());
  }
}
