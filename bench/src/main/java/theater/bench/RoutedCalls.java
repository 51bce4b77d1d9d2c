package theater.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import theater.visitor.Await;
import theater.visitor.Theater;

/// When api-gateway's proxy chose a context for each call of user-service, as its access log tells
/// to the millisecond. The log is on while this is open.
final class RoutedCalls implements AutoCloseable {
  private static final String LOG =
      """
      apiVersion: telemetry.istio.io/v1
      kind: Telemetry
      metadata: {name: routed-calls}
      spec:
        selector: {matchLabels: {app: api-gateway}}
        accessLogging: [{providers: [{name: envoy}]}]
      """;
  private static final Pattern LINE =
      Pattern.compile("^\\[(\\S+)] .* outbound\\|8081\\|(ctx[12])\\|user-service\\.");

  private final Theater theater;

  RoutedCalls(Theater theater) {
    this.theater = theater;
    theater.ctx1().apply(LOG).ok();
    Await.until(
        "a call in the access log", Duration.ofSeconds(20), () -> !lines("--tail=1").isEmpty());
  }

  /// @return by context, the moments since then at which it was chosen
  Map<String, NavigableSet<Instant>> since(Instant then) {
    Map<String, NavigableSet<Instant>> moments = new HashMap<>();
    for (String line : lines("--since-time=" + then.truncatedTo(ChronoUnit.SECONDS))) {
      Matcher call = LINE.matcher(line);
      if (call.find()) {
        moments
            .computeIfAbsent(call.group(2), _ -> new TreeSet<>())
            .add(Instant.parse(call.group(1)));
      }
    }
    return moments;
  }

  private List<String> lines(String which) {
    return theater
        .ctx1()
        .kubectl("logs", "deploy/api-gateway", "-c", "istio-proxy", which)
        .lines()
        .toList();
  }

  @Override
  public void close() {
    theater.ctx1().kubectl("delete", "telemetry", "routed-calls");
  }
}
