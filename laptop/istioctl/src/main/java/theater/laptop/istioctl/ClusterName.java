package theater.laptop.istioctl;

import java.util.Comparator;
import java.util.regex.Pattern;

/// A cluster's name, `DIRECTION|PORT|SUBSET|HOST` or `DIRECTION_.PORT_.SUBSET_.HOST`, in parts; any
/// other name is a host alone.
record ClusterName(String direction, int port, String subset, String host) {
  /// istioctl's order: host, subset, port, direction.
  static final Comparator<ClusterName> ORDER =
      Comparator.comparing(ClusterName::host)
          .thenComparing(ClusterName::subset)
          .thenComparingInt(ClusterName::port)
          .thenComparing(ClusterName::direction);

  static ClusterName of(String name) {
    boolean record = name.startsWith("outbound_.") || name.startsWith("inbound_.");
    String[] parts = name.split(Pattern.quote(record ? "_." : "|"), 4);
    if (parts.length < 4) {
      return new ClusterName("", 0, "", name);
    }
    int port = parts[1].matches("\\d{1,5}") ? Integer.parseInt(parts[1]) : 0;
    return new ClusterName(parts[0], port, parts[2], parts[3]);
  }

  boolean whole() {
    return !direction.isEmpty();
  }
}
