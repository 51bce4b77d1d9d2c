package theater.gateway.web;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import theater.gateway.answer.Answer;
import theater.gateway.answer.Origin;

/// Counts answers and writes Prometheus' text format. For the event loop only, so that counting
/// costs no lock.
public final class Metrics {
  private static final double[] BOUNDS = {
    .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10
  };

  private final Map<String, long[]> answers = new TreeMap<>();
  private final Map<String, long[]> durations = new TreeMap<>();
  private final Map<String, double[]> sums = new TreeMap<>();
  private final Map<String, LongSupplier> gauges = new TreeMap<>();

  /// @param help one line of what it is
  public void gauge(String name, String help, LongSupplier value) {
    gauges.put("# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n" + name, value);
  }

  public void add(Answer answer) {
    String service = answer.service().id();
    answers.computeIfAbsent(labels(service, answer), k -> new long[1])[0]++;
    long[] buckets = durations.computeIfAbsent(service, k -> new long[BOUNDS.length + 1]);
    double seconds = answer.durationMs() / 1000;
    int bucket = 0;
    while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
      bucket++;
    }
    buckets[bucket]++;
    sums.computeIfAbsent(service, k -> new double[1])[0] += seconds;
  }

  /// Everything, in version 0.0.4 of the text format.
  public String text() {
    StringBuilder text = new StringBuilder(4096);
    text.append(
        "# HELP gateway_answers_total Answers that went back to callers.\n# TYPE gateway_answers_total counter\n");
    answers.forEach((labels, count) ->
        text.append("gateway_answers_total{")
            .append(labels)
            .append("} ")
            .append(count[0])
            .append('\n'));
    text.append(
        "# HELP gateway_answer_seconds Time from a request's arrival to the end of its answer.\n# TYPE gateway_answer_seconds histogram\n");
    durations.forEach((service, buckets) -> histogram(text, service, buckets));
    gauges.forEach(
        (head, value) -> text.append(head).append(' ').append(value.getAsLong()).append('\n'));
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    text.append(
            "# HELP jvm_heap_used_bytes Heap in use.\n# TYPE jvm_heap_used_bytes gauge\njvm_heap_used_bytes ")
        .append(heap)
        .append('\n');
    return text.toString();
  }

  private void histogram(StringBuilder text, String service, long[] buckets) {
    long sum = 0;
    for (int i = 0; i <= BOUNDS.length; i++) {
      sum += buckets[i];
      String bound = i == BOUNDS.length ? "+Inf" : Double.toString(BOUNDS[i]);
      text.append("gateway_answer_seconds_bucket{service=\"")
          .append(service)
          .append("\",le=\"")
          .append(bound)
          .append("\"} ")
          .append(sum)
          .append('\n');
    }
    text.append("gateway_answer_seconds_sum{service=\"")
        .append(service)
        .append("\"} ")
        .append(sums.get(service)[0])
        .append('\n');
    text.append("gateway_answer_seconds_count{service=\"")
        .append(service)
        .append("\"} ")
        .append(sum)
        .append('\n');
  }

  private static String labels(String service, Answer answer) {
    String by =
        switch (answer.origin()) {
          case Origin.ByService origin ->
              "by=\"service\",context=\"" + escape(origin.context()) + "\",flag=\"\"";
          case Origin.ByEnvoy origin -> "by=\"envoy\",context=\"\",flag=\"" + origin.flag() + "\"";
          case Origin.ByGateway origin -> "by=\"gateway\",context=\"\",flag=\"\"";
        };
    return "service=\"" + service + "\",status=\"" + answer.status() + "\"," + by;
  }

  private static String escape(String value) {
    return value == null
        ? ""
        : value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
