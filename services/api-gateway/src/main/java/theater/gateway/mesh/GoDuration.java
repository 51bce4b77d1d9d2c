package theater.gateway.mesh;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Istio's YAML writes them: `3s`, `1.5s`, `250ms`, `1h2m3s`.
public final class GoDuration {
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|us|µs|ns|h|m|s)");

  private GoDuration() {}

  /// Milliseconds; 0 for what is no duration.
  public static double milliseconds(String text) {
    Matcher part = PART.matcher(text);
    double sum = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      sum += Double.parseDouble(part.group(1)) * unit(part.group(2));
      end = part.end();
    }
    return end == text.length() ? sum : 0;
  }

  private static double unit(String unit) {
    return switch (unit) {
      case "h" -> 3_600_000;
      case "m" -> 60_000;
      case "s" -> 1000;
      case "ms" -> 1;
      case "ns" -> 1e-6;
      default -> 1e-3;
    };
  }
}
