package theater.laptop.node.exec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import theater.laptop.node.Launcher;
import theater.laptop.streams.Channel;
import theater.laptop.streams.ExitStatus;
import theater.laptop.streams.Frame;
import theater.laptop.streams.FrameConnection;
import theater.laptop.streams.StreamRequest;

/// One `exec`: a program between its frames. It ends when the program has ended and all its output
/// is written, when the container ends, or when the client has gone. What nobody reads waits in the
/// program's own pipes.
final class ExecSession {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;
  private final FrameConnection frames;
  private final StreamRequest request;
  private final RunningContainer container;

  ExecSession(FrameConnection frames, StreamRequest request, RunningContainer container) {
    this.frames = frames;
    this.request = request;
    this.container = container;
  }

  /// Returns when it is over. Called on a platform thread.
  void run() throws IOException, InterruptedException {
    List<String> command = ExecCommand.of(container, request.command());
    if (command.isEmpty()) {
      frames.write(Channel.STATUS, ExitStatus.failure("you must specify at least one command"));
      return;
    }
    if (!executable(command.getFirst())) {
      return;
    }
    try (ExecProcess process =
        ExecProcess.start(container, command, request.stdin(), request.tty())) {
      CompletableFuture<Process> end = container.process().onExit();
      CompletableFuture<Void> withIt = end.thenRun(process::kill);
      Thread client = thread("in", () -> fromClient(process));
      Thread errors =
          request.tty()
              ? null
              : thread("err", () -> toClient(process.errors(), Channel.STDERR, request.stderr()));
      toClient(process.output(), Channel.STDOUT, request.stdout());
      if (errors != null) {
        errors.join();
      }
      int code = process.await();
      withIt.cancel(false);
      frames.write(Channel.STATUS, ExitStatus.of(code));
      frames.finish();
      client.join();
    }
  }

  private Thread thread(String what, Runnable task) {
    return Thread.ofPlatform().daemon().name("exec " + container.name() + " " + what).start(task);
  }

  /// What a container runtime writes, and its exit codes.
  private boolean executable(String program) throws IOException {
    String path = container.environment().getOrDefault("PATH", "");
    if (Launcher.onPath(program, path, container.folder()).isPresent()) {
      return true;
    }
    Path file = container.folder().resolve(program);
    boolean there = program.contains("/") && Files.exists(file);
    String why =
        there
            ? "permission denied"
            : program.contains("/")
                ? "stat " + program + ": no such file or directory"
                : "executable file not found in $PATH";
    String text =
        "OCI runtime exec failed: exec failed: unable to start container process: exec: \""
            + program
            + "\": "
            + why
            + ": unknown\n";
    frames.write(
        request.tty() ? Channel.STDOUT : Channel.STDERR, text.getBytes(StandardCharsets.UTF_8));
    frames.write(Channel.STATUS, ExitStatus.of(there ? NOT_EXECUTABLE : NOT_FOUND));
    return false;
  }

  private void toClient(InputStream from, int channel, boolean wanted) {
    byte[] block = new byte[1 << 14];
    boolean listening = wanted;
    try (from) {
      for (int read = from.read(block); read >= 0; read = from.read(block)) {
        if (listening && read > 0) {
          frames.write(channel, block, 0, read);
        }
      }
    } catch (IOException e) {
      // The client has gone, and the reader of its frames sees to the rest.
    }
  }

  private void fromClient(ExecProcess process) {
    boolean open = request.stdin();
    try {
      for (Frame frame = frames.read(); frame != null; frame = frames.read()) {
        switch (frame.channel()) {
          case Channel.STDIN -> open = open && input(process, frame.bytes());
          case Channel.CLOSE -> open = open && !closes(process, frame.bytes());
          case Channel.RESIZE -> resize(process, frame.bytes());
          default -> {}
        }
      }
    } catch (IOException e) {
      // Gone without a word is gone, too.
    }
    if (process.alive()) {
      process.end();
    } else {
      process.kill();
    }
  }

  /// @return whether the program still takes input
  private static boolean input(ExecProcess process, byte[] bytes) {
    try {
      process.input().write(bytes);
      process.input().flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean closes(ExecProcess process, byte[] bytes) throws IOException {
    if (bytes.length != 1 || bytes[0] != Channel.STDIN) {
      return false;
    }
    if (!request.tty()) {
      try {
        process.input().close();
      } catch (IOException e) {
        // It has ended, or reads no more.
      }
    }
    return true;
  }

  private static void resize(ExecProcess process, byte[] bytes) throws IOException {
    JsonNode size = JSON.readTree(bytes);
    int columns = size.path("Width").asInt();
    int rows = size.path("Height").asInt();
    if (columns > 0 && columns < 1 << 15 && rows > 0 && rows < 1 << 15) {
      process.resize(columns, rows);
    }
  }
}
