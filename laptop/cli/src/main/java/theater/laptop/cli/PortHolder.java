package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The process that listens at a port (Linux: proc(5), net/tcp and fd), as far as this user may see
/// it.
record PortHolder(long pid, String program) {
  private static final String LISTEN = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  static Optional<PortHolder> of(String address, int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      for (String line : lines(Path.of(table))) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length > INODE
            && columns[STATE].equals(LISTEN)
            && at(columns[LOCAL], address, port)) {
          sockets.add("socket:[" + columns[INODE] + "]");
        }
      }
    }
    return sockets.isEmpty() ? Optional.empty() : holder(sockets);
  }

  private static boolean at(String column, String address, int port) {
    String[] octets = address.split("\\.");
    StringBuilder hex = new StringBuilder();
    for (int i = octets.length - 1; i >= 0; i--) {
      hex.append(String.format("%02X", Integer.parseInt(octets[i])));
    }
    String host = column.substring(0, column.indexOf(':'));
    boolean any = host.matches("0+") || host.endsWith(hex.toString());
    return any && column.endsWith(String.format(":%04X", port));
  }

  private static Optional<PortHolder> holder(Set<String> sockets) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process.resolve("fd"), sockets)) {
          long pid = Long.parseLong(process.getFileName().toString());
          return Optional.of(new PortHolder(pid, String.join("", lines(process.resolve("comm")))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("/proc cannot be read", e);
    }
    return Optional.empty();
  }

  private static boolean holds(Path folder, Set<String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return false; // It ended meanwhile, or belongs to somebody else.
    }
    return false;
  }

  private static Iterable<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return Set.of();
    }
  }
}
