package theater.laptop.node.exec;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import theater.laptop.node.Launcher;

/// A program started in a container: the leader of a session of its own (setsid(2)), so that all it
/// starts can be ended with it; with a terminal if one was asked for.
final class ExecProcess implements AutoCloseable {
  /// Opening a terminal makes it the terminal of the session: tty_ioctl(4), TIOCSCTTY.
  private static final String ON_TERMINAL = "t=$1; shift; exec \"$@\" <>\"$t\" >&0 2>&0";

  private static final long GRACE_SECONDS = 2;
  private static final File NOTHING = new File("/dev/null");
  private final Process process;
  private final Pty pty;
  private final boolean group;

  private ExecProcess(Process process, Pty pty, boolean group) {
    this.process = process;
    this.pty = pty;
    this.group = group;
  }

  /// @param stdin whether it gets input; without, its input is empty
  static ExecProcess start(
      RunningContainer container, List<String> command, boolean stdin, boolean terminal)
      throws IOException {
    String path = container.environment().getOrDefault("PATH", "");
    Optional<Path> setsid = Launcher.onPath("setsid", "/usr/bin:/bin:" + path, Path.of("/"));
    Pty pty = terminal ? Pty.open() : null;
    try {
      List<String> words = new ArrayList<>();
      setsid.ifPresent(file -> words.add(file.toString()));
      if (terminal) {
        words.addAll(List.of("/bin/sh", "-c", ON_TERMINAL, "sh", pty.name()));
        words.addAll(Signals.RESET);
      }
      words.addAll(command);
      ProcessBuilder builder = new ProcessBuilder(words).directory(container.folder().toFile());
      builder.environment().clear();
      builder.environment().putAll(container.environment());
      if (terminal) {
        builder.environment().putIfAbsent("TERM", "xterm");
        builder.redirectInput(NOTHING).redirectOutput(NOTHING).redirectError(NOTHING);
      } else if (!stdin) {
        builder.redirectInput(NOTHING);
      }
      Process process = Launcher.tied(builder);
      if (setsid.isPresent()) {
        Orphans.add(process.pid());
      }
      return new ExecProcess(process, pty, setsid.isPresent());
    } catch (IOException | RuntimeException e) {
      if (pty != null) {
        pty.close();
      }
      throw e;
    }
  }

  /// A theater that was started in the background of a script ignores Ctrl-C, and what it starts
  /// would, too: only env(1) of newer systems changes that.
  private static final class Signals {
    static final List<String> RESET = reset();

    private static List<String> reset() {
      List<String> words = List.of("/usr/bin/env", "--default-signal=INT,QUIT");
      List<String> trial = new ArrayList<>(words);
      trial.add("true");
      try {
        Process process =
            new ProcessBuilder(trial)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0 ? words : List.of();
      } catch (IOException e) {
        return List.of();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return List.of();
      }
    }
  }

  OutputStream input() {
    return pty == null ? process.getOutputStream() : pty.input();
  }

  InputStream output() {
    return pty == null ? process.getInputStream() : pty.output();
  }

  /// Empty with a terminal: there all output is one.
  InputStream errors() {
    return pty == null ? process.getErrorStream() : InputStream.nullInputStream();
  }

  void resize(int columns, int rows) throws IOException {
    if (pty != null) {
      pty.resize(columns, rows);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /// 128 + the signal's number when a signal ended it.
  int await() throws InterruptedException {
    return process.waitFor();
  }

  /// Ends it and what it started: asks first, kills soon after.
  void end() {
    signal(Libc.SIGTERM);
    try {
      process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  void kill() {
    signal(Libc.SIGKILL);
  }

  private void signal(int signal) {
    if (group) {
      Libc.killGroup(process.pid(), signal);
    } else {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    }
    if (signal == Libc.SIGKILL) {
      process.destroyForcibly();
    }
  }

  /// Nothing is left of it afterwards.
  @Override
  public void close() {
    kill();
    if (pty != null) {
      pty.close();
    }
    if (group) {
      Orphans.end(process.pid());
    }
  }
}
