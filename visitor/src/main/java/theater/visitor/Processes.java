package theater.visitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The processes of one instance, found by its folder in their command line or environment (Linux:
/// proc(5)).
public record Processes(Path home) {

  /// A process and how it was started.
  public record Started(long pid, String commandLine, String environment) {
    public void kill() {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    public boolean alive() {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
  }

  public List<Started> all() {
    List<Started> found = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        String commandLine = read(process.resolve("cmdline")).replace('\0', ' ').strip();
        String environment = read(process.resolve("environ")).replace('\0', '\n');
        if (commandLine.contains(home.toString()) || environment.contains(home.toString())) {
          found.add(
              new Started(
                  Long.parseLong(process.getFileName().toString()), commandLine, environment));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.removeIf(p -> p.pid() == ProcessHandle.current().pid());
    return found;
  }

  /// The one whose command line holds all of these words.
  public Started one(String... words) {
    List<Started> found =
        all().stream().filter(p -> Stream.of(words).allMatch(p.commandLine()::contains)).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "expected one process with "
              + List.of(words)
              + ", found "
              + found.stream().map(Started::commandLine).toList());
    }
    return found.getFirst();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // It ended meanwhile, or belongs to somebody else.
    }
  }
}
