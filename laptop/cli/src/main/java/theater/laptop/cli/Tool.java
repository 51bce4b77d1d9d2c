package theater.laptop.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs a short command and keeps what it said.
final class Tool {
  private Tool() {}

  /// @param output standard output and standard error
  record Answer(int exit, String output) {
    String lastLine() {
      return output.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b).strip();
    }
  }

  static Answer run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Answer(process.waitFor(), output);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + command.getFirst(), e);
    }
  }
}
