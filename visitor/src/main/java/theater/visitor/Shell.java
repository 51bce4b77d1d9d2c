package theater.visitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a command as a person would and keeps what it said.
public record Shell(Path folder, Map<String, String> environment) {

  /// What a command did.
  public record Outcome(List<String> command, int exit, String out, String err) {
    /// Fails unless the command succeeded.
    public Outcome ok() {
      if (exit != 0) {
        throw new AssertionError(this + " failed");
      }
      return this;
    }

    @Override
    public String toString() {
      return String.join(" ", command) + "\n[" + exit + "]\n" + out + err;
    }
  }

  public Outcome run(Duration limit, String... command) {
    return feed(limit, null, command);
  }

  /// @param input fed to standard input; null for none
  public Outcome feed(Duration limit, String input, String... command) {
    try {
      Path out = Files.createTempFile("out", "");
      Path err = Files.createTempFile("err", "");
      Process process = start(out, err, input != null, command);
      if (input != null) {
        try (var stdin = process.getOutputStream()) {
          stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
      }
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      Outcome outcome =
          new Outcome(
              List.of(command),
              ended ? process.exitValue() : 124,
              Files.readString(out),
              Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Starts a command and leaves it running.
  public Process start(Path out, Path err, boolean withInput, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    if (!withInput) {
      builder.redirectInput(Path.of("/dev/null").toFile());
    }
    return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }
}
