package theater.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a process has used, from /proc.
final class ProcessCost {
  private static final long TICK_MICROS = 10_000;

  private ProcessCost() {}

  /// User and system time so far, in microseconds; steps of 10 ms (Linux: USER_HZ is 100).
  static long cpuMicros(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The name in parentheses may hold spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
  }

  /// Proportional set size, in kilobytes.
  static long pssKilobytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  /// What a Java program with the serial collector holds, after a collection, in kilobytes.
  static long liveHeapKilobytes(long pid) throws IOException {
    jcmd(pid, "GC.run");
    return Pattern.compile("(?:DefNew|Tenured) +total \\d+K, used (\\d+)K")
        .matcher(jcmd(pid, "GC.heap_info"))
        .results()
        .mapToLong(used -> Long.parseLong(used.group(1)))
        .sum();
  }

  private static String jcmd(long pid, String command) throws IOException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process jcmd = new ProcessBuilder(program.toString(), Long.toString(pid), command).start();
    return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
