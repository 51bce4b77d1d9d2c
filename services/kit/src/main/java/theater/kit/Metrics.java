package theater.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/// Counts requests by method, route and status, and writes the Prometheus text format 0.0.4.
public final class Metrics {
  private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

  private static final class Series {
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Series() {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = new LongAdder();
      }
    }

    void add(long took) {
      int i = 0;
      while (i < BOUNDS.length && took > BOUNDS[i] * 1e9) {
        i++;
      }
      buckets[i].increment();
      nanos.add(took);
    }

    void write(String labels, StringBuilder text) {
      long count = 0;
      for (int i = 0; i < buckets.length; i++) {
        count += buckets[i].sum();
        String bound = i < BOUNDS.length ? number(BOUNDS[i]) : "+Inf";
        text.append("http_server_requests_seconds_bucket{")
            .append(labels)
            .append(",le=\"")
            .append(bound)
            .append("\"} ")
            .append(count)
            .append('\n');
      }
      text.append("http_server_requests_seconds_sum{")
          .append(labels)
          .append("} ")
          .append(number(nanos.sum() / 1e9))
          .append('\n');
      text.append("http_server_requests_seconds_count{")
          .append(labels)
          .append("} ")
          .append(count)
          .append('\n');
    }
  }

  private final Map<String, Series> requests = new ConcurrentHashMap<>();
  private final Map<String, DoubleSupplier> values = new ConcurrentSkipListMap<>();
  private final long started = System.currentTimeMillis();

  public Metrics() {
    Runtime runtime = Runtime.getRuntime();
    counterOrGauge(
        "jvm_memory_used_bytes gauge", () -> runtime.totalMemory() - runtime.freeMemory());
    counterOrGauge("jvm_memory_max_bytes gauge", runtime::maxMemory);
    counterOrGauge("process_start_time_seconds gauge", () -> started / 1e3);
    counterOrGauge("process_resident_memory_bytes gauge", () -> proc("/proc/self/statm", 1) * 4096);
    counterOrGauge(
        "process_cpu_seconds_total counter",
        () -> (proc("/proc/self/stat", 13) + proc("/proc/self/stat", 14)) / 100);
  }

  /// @param nameAndType `redis_errors_total counter`
  public void counterOrGauge(String nameAndType, DoubleSupplier value) {
    values.put(nameAndType, value);
  }

  /// Counts one request.
  ///
  /// @param route its pattern, never the path itself, so that the number of series stays small
  public void request(String method, String route, int status, long nanos) {
    String labels = "method=\"" + method + "\",route=\"" + route + "\",status=\"" + status + "\"";
    requests.computeIfAbsent(labels, l -> new Series()).add(nanos);
  }

  /// The text of `/metrics`.
  public String text() {
    var text = new StringBuilder(2048).append("# TYPE http_server_requests_seconds histogram\n");
    requests.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> e.getValue().write(e.getKey(), text));
    values.forEach((nameAndType, value) -> {
      String name = nameAndType.substring(0, nameAndType.indexOf(' '));
      text.append("# TYPE ")
          .append(nameAndType)
          .append('\n')
          .append(name)
          .append(' ')
          .append(number(value.getAsDouble()))
          .append('\n');
    });
    return text.toString();
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? "NaN"
        : value == Math.rint(value) && Math.abs(value) < 1e15
            ? "" + (long) value
            : String.format(Locale.ROOT, "%.6g", value);
  }

  /// A number in a line of /proc (Linux: proc(5)); NaN where there is no /proc.
  private static double proc(String file, int field) {
    try {
      String line = Files.readString(Path.of(file));
      // The second field of stat is a name in brackets, which may have spaces; this program's has
      // none.
      return Double.parseDouble(line.strip().split(" ")[field]);
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
