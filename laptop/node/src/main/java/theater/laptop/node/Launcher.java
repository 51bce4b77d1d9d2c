package theater.laptop.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import theater.laptop.streams.LogTimes;

/// Starts processes that never outlive this program, not even its kill -9. All are forked by one
/// platform thread that lives as long as the program, because the kernel's parent-death signal is
/// tied to the thread that forked (prctl(2), PR_SET_PDEATHSIG).
public final class Launcher {
  /// Ends its child when its own standard input closes: for systems without setpriv. A signal
  /// interrupts `wait`, which then tells the signal and not the child's exit code, so it waits
  /// again; 127 is its answer for a child that it has told about before.
  private static final String GUARD =
      """
      exec 3<&0
      asked=
      child=
      trap 'asked=yes; kill -TERM $child 2>/dev/null' TERM INT
      "$@" </dev/null 3<&- &
      child=$!
      [ -n "$asked" ] && kill -TERM $child
      ( cat <&3 >/dev/null; kill -KILL $child ) >/dev/null 2>&1 &
      guard=$!
      code=127
      while :; do
        wait $child
        now=$?
        [ $now -eq 127 ] && break
        code=$now
        [ -z "$asked" ] && break
        asked=
      done
      kill $guard 2>/dev/null
      exit $code
      """;

  /// nice(1), where there is one.
  private static final List<String> YIELDS =
      onPath("nice", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), Path.of("/"))
          .map(nice -> List.of(nice.toString(), "-n", "5"))
          .orElse(List.of());

  private static final Launcher SHARED = new Launcher(prefix());
  private final List<String> prefix;
  private final ExecutorService forker;

  Launcher(List<String> prefix) {
    this.prefix = prefix;
    this.forker =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("forks processes").factory());
  }

  /// The one of this program.
  static Launcher shared() {
    return SHARED;
  }

  /// The portable way, for tests.
  static List<String> guard() {
    return List.of("/bin/sh", "-c", GUARD, "guard");
  }

  private static List<String> prefix() {
    Optional<Path> setpriv =
        onPath("setpriv", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), Path.of("/"));
    if (setpriv.isPresent()) {
      List<String> command = List.of(setpriv.get().toString(), "--pdeathsig", "KILL");
      try {
        List<String> trial = new ArrayList<>(command);
        trial.add("true");
        Process process =
            new ProcessBuilder(trial)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
          return command;
        }
      } catch (IOException e) {
        // The portable way then.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return guard();
  }

  /// Starts one of the platform's own programs.
  ///
  /// @param environment all of it
  /// @param log file that its standard output and error are appended to
  public static Process start(
      List<String> command, Map<String, String> environment, Path folder, Path log)
      throws IOException {
    return shared()
        .start(
            List.of(),
            new ProcessSpec(command.getFirst(), command, environment, folder, log, Map.of()));
  }

  /// Forks with this program's death tied to the child's where the system can (setpriv).
  public static Process tied(ProcessBuilder builder) throws IOException {
    if (!shared().prefix.equals(guard())) {
      builder.command().addAll(0, shared().prefix);
    }
    return shared().forked(builder);
  }

  /// Starts a container. The API server and the control plane go first when processors are short,
  /// as on clusters, where they have machines or shares of their own.
  ///
  /// Its standard input is empty; what it writes is appended to the log.
  Process start(ProcessSpec spec) throws IOException {
    return start(YIELDS, spec);
  }

  private Process start(List<String> yields, ProcessSpec spec) throws IOException {
    String program = spec.command().getFirst();
    if (onPath(program, spec.environment().getOrDefault("PATH", ""), spec.folder()).isEmpty()) {
      throw new IOException(
          "exec: \""
              + program
              + "\": "
              + (program.contains("/")
                  ? "no such file, or not executable"
                  : "executable file not found in $PATH"));
    }
    prepare(spec);
    List<String> command = new ArrayList<>(prefix);
    command.addAll(yields);
    command.addAll(spec.command());
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(spec.folder().toFile()).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
    if (!prefix.equals(guard())) {
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    }
    builder.environment().clear();
    builder.environment().putAll(spec.environment());
    return forked(builder);
  }

  private Process forked(ProcessBuilder builder) throws IOException {
    try {
      return CompletableFuture.supplyAsync(() -> fork(builder), forker).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ForkException failed
          ? new IOException(failed.getMessage(), failed)
          : new IOException(e);
    }
  }

  /// Its files, and a new log: the one before stays as `.log.1`.
  private static void prepare(ProcessSpec spec) throws IOException {
    for (Map.Entry<Path, String> file : spec.files().entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
    }
    if (Files.exists(spec.log()) && Files.size(spec.log()) > 0) {
      Path before = Path.of(spec.log() + ".1");
      Files.move(spec.log(), before, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(LogTimes.of(before));
      if (Files.exists(LogTimes.of(spec.log()))) {
        Files.move(LogTimes.of(spec.log()), LogTimes.of(before));
      }
    }
  }

  private static Process fork(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ForkException(e);
    }
  }

  /// The file of a program, searched as execvp(3) does; empty when there is none to execute.
  public static Optional<Path> onPath(String program, String path, Path folder) {
    if (program.contains("/")) {
      Path file = folder.resolve(program);
      return Files.isExecutable(file) && Files.isRegularFile(file)
          ? Optional.of(file)
          : Optional.empty();
    }
    for (String part : path.split(":")) {
      Path file = Path.of(part, program);
      if (Files.isExecutable(file) && Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /// Asks a process to end. Not by [Process#destroy], which also closes the input that the guard
  /// watches.
  static void terminate(Process process) {
    process.toHandle().destroy();
  }

  /// Ends a process and what it started, at once.
  static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static final class ForkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ForkException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
