package theater.laptop.node.usage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The processes of this computer at one moment (Linux: proc_pid_stat(5)).
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final int NANOS_PER_TICK = 10_000_000;
  private static final int PAGE = 4096;

  /// @param cpuNanos of its own and of its children that have ended
  /// @param resident bytes, shared ones too
  record Row(long pid, long parent, long cpuNanos, long resident) {}

  private final Map<Long, Row> rows = new HashMap<>();
  private final Map<Long, List<Row>> children = new HashMap<>();

  /// Processes that end while it reads are left out.
  static ProcessTable read() {
    ProcessTable table = new ProcessTable();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path each : found) {
        try {
          table.add(row(Files.readString(each.resolve("stat"))));
        } catch (IOException e) {
          // It has just ended.
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return table;
  }

  void add(Row row) {
    rows.put(row.pid(), row);
    children.computeIfAbsent(row.parent(), key -> new ArrayList<>()).add(row);
  }

  /// A line of `/proc/PID/stat`. The name, in brackets, may hold anything.
  static Row row(String stat) {
    long pid = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
    long ticks = 0;
    for (int field = 11; field <= 14; field++) {
      ticks += Long.parseLong(fields[field]);
    }
    return new Row(
        pid, Long.parseLong(fields[1]), ticks * NANOS_PER_TICK, Long.parseLong(fields[21]) * PAGE);
  }

  /// A process and all that came from it; empty when it has ended.
  List<Row> tree(long pid) {
    List<Row> tree = new ArrayList<>();
    Row top = rows.get(pid);
    if (top != null) {
      tree.add(top);
      for (int i = 0; i < tree.size(); i++) {
        tree.addAll(children.getOrDefault(tree.get(i).pid(), List.of()));
      }
    }
    return tree;
  }

  /// What a process costs: its own pages, and its part of those that it shares; 0 when it has ended
  /// (Linux: smaps_rollup, Pss).
  static long proportional(long pid) {
    try {
      return Files.readAllLines(PROC.resolve(pid + "/smaps_rollup")).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
