package theater.bench;

import java.nio.file.Path;
import java.util.List;
import theater.visitor.Theater;

/// `./theater bench [--write]`: measures an instance of its own beside whatever runs, prints the
/// tables, and with `--write` keeps them in `docs/benchmarks.md`.
public final class Bench {
  private static final int INSTANCE = 24;

  private Bench() {}

  /// @param arguments empty, or `--write`
  public static void main(String[] arguments) throws Exception {
    List<String> options = List.of(arguments);
    if (!options.isEmpty() && !options.equals(List.of("--write"))) {
      System.err.println("bench: unexpected " + options + "; expected nothing or --write");
      System.exit(2);
    }
    Report report = new Report();
    report.text("Machine: " + Machine.describe() + ".");
    try (Theater theater = new Theater(INSTANCE)) {
      Startup.measure(theater, report);
      Memory.measure(theater, report);
      Propagation.measure(theater, report);
      LongList.measure(theater, report);
      ObjectCost.measure(theater, report);
    }
    LargeMeshCost.measure(report);
    GatewayCost.measure(report);
    if (options.contains("--write")) {
      report.write(Path.of("docs/benchmarks.md"));
    }
  }
}
