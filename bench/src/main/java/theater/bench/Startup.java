package theater.bench;

import theater.visitor.Theater;

/// How long a warm `up` takes: built and fetched, from nothing running to every pod Ready.
final class Startup {
  private static final int ROUNDS = 3;

  private Startup() {}

  /// Leaves the theater running.
  static void measure(Theater theater, Report report) {
    report.heading("Warm up");
    report.table("round", "what", "seconds to every pod Ready");
    for (int round = 1; round <= ROUNDS; round++) {
      theater.theater("down");
      long start = System.nanoTime();
      theater.up();
      report.row(
          round,
          round == 1 ? "new folder: everything is deployed" : "again: objects and data are there",
          (System.nanoTime() - start) / 1e9);
    }
    long start = System.nanoTime();
    theater.up();
    report.row("–", "up while it runs", (System.nanoTime() - start) / 1e9);
  }
}
