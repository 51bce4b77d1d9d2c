package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// A process that is surely the one that was meant: its number and its start, because numbers are
/// used again.
///
/// @param started clock ticks since boot (Linux: proc(5), stat, field 22)
record ProcessId(long pid, long started) {
  private static final int START_TIME = 22;

  static ProcessId of(long pid) {
    return new ProcessId(pid, startOf(pid).orElseThrow());
  }

  /// Reads what [#write] wrote; empty when there is no such file or nothing sensible in it.
  static Optional<ProcessId> read(Path file) {
    try {
      String[] parts = Files.readString(file).strip().split(" ");
      return parts.length == 2
          ? Optional.of(new ProcessId(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  void write(Path file) {
    try {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, pid + " " + started + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  boolean alive() {
    return startOf(pid).filter(now -> now == started).isPresent();
  }

  /// SIGTERM or SIGKILL, if it is still the same process.
  void kill(boolean forcibly) {
    if (alive()) {
      ProcessHandle.of(pid)
          .ifPresent(handle -> {
            if (forcibly) {
              handle.destroyForcibly();
            } else {
              handle.destroy();
            }
          });
    }
  }

  /// Empty also for a process that has ended and waits to be collected (state Z).
  private static Optional<Long> startOf(long pid) {
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      // The second field is the program's name in parentheses and may hold anything.
      String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return rest[0].equals("Z")
          ? Optional.empty()
          : Optional.of(Long.parseLong(rest[START_TIME - 3]));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
