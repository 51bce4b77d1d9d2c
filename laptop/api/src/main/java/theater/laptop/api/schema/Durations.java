package theater.laptop.api.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import theater.laptop.api.status.Cause;

/// Istio's rule for durations: Go's syntax (`1m30s`), at least a millisecond.
final class Durations {
  private static final Pattern PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");
  private static final Map<String, BigDecimal> SECONDS =
      Map.of(
          "ns", new BigDecimal("1e-9"),
          "us", new BigDecimal("1e-6"),
          "µs", new BigDecimal("1e-6"),
          "ms", new BigDecimal("1e-3"),
          "s", BigDecimal.ONE,
          "m", BigDecimal.valueOf(60),
          "h", BigDecimal.valueOf(3600));

  private Durations() {}

  static void check(String text, String path, List<Cause> causes) {
    BigDecimal seconds = seconds(text);
    if (seconds == null) {
      causes.add(
          Cause.invalid(
              path,
              "\"string\"",
              "type conversion error from 'string' to 'google.protobuf.Duration' evaluating rule: must be a valid duration greater than 1ms"));
    } else if (seconds.compareTo(new BigDecimal("0.001")) < 0) {
      causes.add(
          Cause.invalid(path, "\"" + text + "\"", "must be a valid duration greater than 1ms"));
    }
  }

  /// Null when it is none.
  static BigDecimal seconds(String text) {
    String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return BigDecimal.ZERO;
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(rest);
    int at = 0;
    while (at < rest.length()) {
      if (!part.find(at) || part.start() != at) {
        return null;
      }
      sum =
          sum.add(
              new BigDecimal(part.group(1).endsWith(".") ? part.group(1) + "0" : part.group(1))
                  .multiply(SECONDS.get(part.group(2))));
      at = part.end();
    }
    return rest.isEmpty() ? null : text.startsWith("-") ? sum.negate() : sum;
  }
}
