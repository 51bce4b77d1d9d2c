package theater.laptop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the instance costs: proportional set size (Linux: proc(5), smaps_rollup), so that pages
/// shared by many processes count once.
///
/// @param groups by kind of process
record Memory(Map<String, Group> groups) {
  private static final long KIB_PER_MIB = 1024;

  /// @param kib sum of PSS
  record Group(int processes, long kib) {}

  static Memory of(List<OwnProcesses.Own> processes) {
    Map<String, Group> groups = new TreeMap<>();
    for (OwnProcesses.Own process : processes) {
      long kib = pss(process.id().pid());
      if (kib > 0) {
        groups.merge(
            process.role(),
            new Group(1, kib),
            (a, b) -> new Group(a.processes() + b.processes(), a.kib() + b.kib()));
      }
    }
    return new Memory(groups);
  }

  long mib() {
    return groups.values().stream().mapToLong(Group::kib).sum() / KIB_PER_MIB;
  }

  int processes() {
    return groups.values().stream().mapToInt(Group::processes).sum();
  }

  /// Lines of a small table: kind, number, MiB.
  List<String> table() {
    return groups.entrySet().stream()
        .map(g ->
            String.format(
                "  %-22s %3d %6d MiB",
                g.getKey(), g.getValue().processes(), g.getValue().kib() / KIB_PER_MIB))
        .toList();
  }

  private static long pss(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
        if (line.startsWith("Pss:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      return 0; // It ended meanwhile.
    }
    return 0;
  }
}
