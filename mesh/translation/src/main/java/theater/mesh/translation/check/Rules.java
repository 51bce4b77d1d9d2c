package theater.mesh.translation.check;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// Rules that several kinds share.
final class Rules {
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?");
  private static final Pattern SUBSET = Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?");

  private Rules() {}

  /// A host name, `*` or `*.name` allowed as its beginning.
  static void host(String host, Complaints complaints) {
    if (host.isEmpty()) {
      complaints.add("empty domain name not allowed");
      return;
    }
    if (host.equals("*")) {
      return;
    }
    if (host.length() > 255) {
      complaints.add("domain name \"" + host + "\" too long (max 255)");
      return;
    }
    String[] labels = host.split("\\.");
    for (int i = 0; i < labels.length; i++) {
      boolean wild =
          i == 0
              && (labels[i].equals("*")
                  || labels[i].startsWith("*-") && LABEL.matcher(labels[i].substring(2)).matches());
      if (!wild && (!LABEL.matcher(labels[i]).matches() || labels[i].length() > 63)) {
        complaints.add(
            "domain name \"" + host + "\" invalid (label \"" + labels[i] + "\" invalid)");
        return;
      }
    }
  }

  static void subset(String name, Complaints complaints) {
    complaints.addIf(
        name.length() > 63 || !SUBSET.matcher(name).matches(), "subset name is invalid: " + name);
  }

  /// A duration of at least a millisecond; one that cannot be read is refused by the schema before.
  static void duration(SpecNode field, Complaints complaints) {
    Optional<Duration> duration = field.text().flatMap(GoDuration::parse);
    if (duration.isEmpty()) {
      return;
    }
    if (duration.get().compareTo(Duration.ofMillis(1)) < 0) {
      complaints.add("duration must be greater than 1ms");
    } else if (duration.get().getNano() % 1_000_000 != 0) {
      complaints.add("only durations to ms precision are supported");
    }
  }

  static void notNegative(SpecNode field, String what, Complaints complaints) {
    complaints.addIf(field.whole().orElse(0) < 0, what + " must be non-negative");
  }

  /// A share from 0 to 100.
  static void percent(SpecNode field, Complaints complaints) {
    long value = field.whole().orElse(0);
    complaints.addIf(value < 0 || value > 100, "percentage " + value + " is not in range 0..100");
  }

  /// Go's `%v` of a number: 150, 0.5.
  static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
