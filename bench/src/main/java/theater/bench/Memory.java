package theater.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import theater.visitor.Processes;
import theater.visitor.Theater;

/// Where the memory goes: proportional set size (proc(5): smaps_rollup), 60 s after Ready.
final class Memory {
  private Memory() {}

  static void measure(Theater theater, Report report) throws IOException {
    report.heading("Memory, 60 s after Ready");
    LockSupport.parkNanos(60_000_000_000L);
    Map<String, long[]> groups = new TreeMap<>();
    for (Processes.Started process : new Processes(theater.home()).all()) {
      long kilobytes = ProcessCost.pssKilobytes(process.pid());
      if (kilobytes > 0) {
        long[] sum = groups.computeIfAbsent(group(process.commandLine()), k -> new long[2]);
        sum[0]++;
        sum[1] += kilobytes;
      }
    }
    report.table("what", "processes", "PSS MB", "MB each");
    long all = 0;
    long count = 0;
    for (var group : groups.entrySet()) {
      long[] sum = group.getValue();
      report.row(group.getKey(), sum[0], sum[1] / 1000.0, sum[1] / 1000.0 / sum[0]);
      count += sum[0];
      all += sum[1];
    }
    report.row("**sum**", count, all / 1000.0, "");
  }

  private static String group(String commandLine) {
    for (String word :
        new String[] {
          "envoy",
          "redis-server",
          "control-plane",
          "supervise",
          "user",
          "movie",
          "booking",
          "gateway"
        }) {
      if (commandLine.contains(word)) {
        return word;
      }
    }
    return "other";
  }
}
