package theater.mesh.translation.check;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// Rules that several kinds share.
final class Rules {
  static final Set<String> HTTP = Set.of("HTTP", "HTTP2", "HTTP_PROXY", "GRPC", "GRPC-WEB");
  static final Set<String> TLS = Set.of("HTTPS", "TLS");
  private static final Set<String> TCP = Set.of("TCP", "HTTPS", "TLS", "MONGO", "REDIS", "MYSQL");

  private Rules() {}

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

  /// Whether a text field holds something.
  static boolean given(SpecNode field) {
    return !field.textOr("").isEmpty();
  }

  /// A protocol's name as Istio compares it.
  static String protocol(SpecNode port) {
    return port.at("protocol").textOr("").toUpperCase(Locale.ROOT);
  }

  static boolean knownProtocol(String protocol) {
    return HTTP.contains(protocol) || TCP.contains(protocol) || protocol.equals("UDP");
  }

  static boolean tcp(String protocol) {
    return TCP.contains(protocol);
  }

  /// A port's protocol of a ServiceEntry or Sidecar; empty means that it is found out.
  static void protocol(SpecNode port, Complaints complaints) {
    String protocol = protocol(port);
    complaints.addIf(
        !protocol.isEmpty() && !knownProtocol(protocol),
        "unsupported protocol: " + port.at("protocol").textOr(""));
  }

  static void portName(String name, Complaints complaints) {
    complaints.addIf(!Domains.label(name), "invalid port name: " + name);
  }

  /// Who may see a rule.
  ///
  /// @param ofSelector a DestinationRule that selects workloads
  static void exportTo(
      SpecNode spec, String namespace, boolean serviceEntry, boolean ofSelector, Complaints to) {
    List<String> written = spec.at("exportTo").textItems();
    Set<String> seen = new HashSet<>();
    for (String entry : written) {
      String key = entry.equals(".") ? namespace : entry;
      if (!seen.add(key)) {
        to.add(
            key.equals(entry)
                ? "duplicate entries in exportTo for entry " + entry
                : "duplicate entries in exportTo: . and current namespace " + namespace);
      } else if (!key.equals("*") && !(serviceEntry && key.equals("~")) && !Domains.label(key)) {
        to.add(
            key.equals("~")
                ? "exportTo ~ (none) is not allowed for Istio configuration objects"
                : "only .,*, or a valid DNS 1123 label is allowed as exportTo entry");
        seen.remove(key);
      }
    }
    if (ofSelector && !seen.isEmpty()) {
      to.addIf(
          seen.contains(namespace) && seen.size() > 1,
          "destination rule with workload selector cannot have multiple entries in exportTo");
      to.addIf(
          !seen.contains(namespace),
          "destination rule with workload selector cannot have exportTo beyond current namespace");
    }
    to.addIf(
        seen.contains("*") && written.size() > 1,
        "cannot have both public (*) and non-public exportTo values for a resource");
    to.addIf(
        seen.contains("~") && written.size() > 1,
        "cannot export service entry to no one (~) and someone");
  }
}
