package theater.laptop.cli;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that runs for training; it ends with this one at the latest, also when this one is
/// killed.
record Trained(Process process, Path log) implements AutoCloseable {
  static final Duration END = Duration.ofSeconds(60);

  /// Holds for the thread that starts it (prctl(2), PR_SET_PDEATHSIG): the training's only one.
  private static final List<String> DIES_WITH_US =
      Files.isExecutable(Path.of("/usr/bin/setpriv"))
          ? List.of("/usr/bin/setpriv", "--pdeathsig", "KILL")
          : List.of();

  static Trained start(List<String> command, Map<String, String> environment, Path folder) {
    try {
      Path log = Files.createTempFile(folder, "train", ".log");
      List<String> words = new ArrayList<>(DIES_WITH_US);
      words.addAll(command);
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.redirectInput(new File("/dev/null")).redirectOutput(log.toFile());
      builder.directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      } catch (IllegalStateException e) {
        process.destroyForcibly();
        throw new TrainingException("interrupted");
      }
      return new Trained(process, log);
    } catch (IOException e) {
      throw new TrainingException(e.toString());
    }
  }

  /// The command with its cache's flag turned into one that makes the cache.
  static List<String> making(List<String> command, Path output) {
    List<String> changed = new ArrayList<>();
    for (String word : command) {
      changed.add(word.startsWith("-XX:AOTCache=") ? "-XX:AOTCacheOutput=" + output : word);
    }
    return changed;
  }

  /// Ends it politely: the cache is made on the way out.
  void end(Path output) {
    process.destroy();
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS) || !Files.exists(output)) {
        throw new TrainingException("no cache was left; " + SupervisorProcess.tail(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("interrupted");
    }
  }

  /// Awaits its own end.
  void await(int seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new TrainingException(SupervisorProcess.tail(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("interrupted");
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new TrainingException("no free port: " + e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
