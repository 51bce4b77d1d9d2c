package theater.mesh.translation.check;

import java.util.List;
import java.util.regex.Pattern;

/// Istio's rules for host names and addresses. Each returns the complaint, empty when there is
/// none.
final class Domains {
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 255;
  private static final String LABEL_FORM = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
  private static final Pattern LABEL = Pattern.compile(LABEL_FORM);
  private static final Pattern WILD_LABEL = Pattern.compile("\\*|(?:\\*|\\*-)?" + LABEL_FORM);

  private Domains() {}

  /// One label of a DNS name (RFC 1123).
  static boolean label(String text) {
    return text.length() <= LONGEST_LABEL && LABEL.matcher(text).matches();
  }

  /// A whole name without a wildcard.
  static String whole(String name) {
    String length = length(name);
    return length.isEmpty() ? labels(name) : length;
  }

  /// A name whose first label may be or begin with `*`.
  static String wild(String name) {
    String length = length(name);
    if (!length.isEmpty()) {
      return length;
    }
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    if (first.length() > LONGEST_LABEL || !WILD_LABEL.matcher(first).matches()) {
      return invalid(name, first);
    }
    return dot < 0 ? "" : labels(name.substring(dot + 1));
  }

  /// A host of a VirtualService on a gateway: also the names that Istio makes for mTLS by SNI.
  static String onGateway(boolean sni, String name) {
    String length = length(name);
    if (!length.isEmpty() || !sni || !name.startsWith("outbound_")) {
      return wild(name);
    }
    return name.split("_", -1).length < 4
        ? "domain name " + name + " invalid, should follow 'outbound_.<PORT>_._.<HOSTNAME>' format"
        : "";
  }

  /// `namespace/host` of a Gateway's server or a Sidecar's egress.
  static void inNamespace(String written, boolean gateway, Complaints complaints) {
    int slash = written.indexOf('/');
    if (slash < 0) {
      if (gateway) {
        part(written, true, complaints);
      } else {
        complaints.add("host must be of form namespace/dnsName");
      }
      return;
    }
    String namespace = written.substring(0, slash);
    String host = written.substring(slash + 1);
    complaints.addIf(
        namespace.isEmpty() || host.isEmpty(),
        "config namespace and dnsName in host entry cannot be empty");
    List<String> special = gateway ? List.of("*", ".") : List.of("*", ".", "~");
    complaints.addIf(
        !special.contains(namespace) && !label(namespace),
        "invalid namespace value \"" + namespace + "\" in " + (gateway ? "gateway" : "sidecar"));
    part(host, gateway, complaints);
  }

  private static void part(String host, boolean gateway, Complaints complaints) {
    complaints.addIf(
        !host.equals("*") && !host.contains("."), "short names (non FQDN) are not allowed");
    String wrong = wild(host);
    if (!wrong.isEmpty()) {
      complaints.addIf(!gateway, wrong);
      complaints.addIf(!Addresses.ip(host), wrong);
    }
    complaints.addGiven(partialWildcard(host));
  }

  /// `*foo.com` covers less than it seems to.
  static String partialWildcard(String host) {
    return host.contains("*") && host.length() != 1 && !host.startsWith("*.")
        ? "partial wildcard \"" + host + "\" not allowed"
        : "";
  }

  private static String length(String name) {
    return name.length() > LONGEST_NAME
        ? "domain name \"" + name + "\" too long (max " + LONGEST_NAME + ")"
        : name.isEmpty() ? "empty domain name not allowed" : "";
  }

  private static String labels(String name) {
    String[] parts = name.split("\\.", -1);
    String last = parts[parts.length - 1];
    if (last.matches("[+-]?[0-9]+")) {
      return "domain name \""
          + name
          + "\" invalid (top level domain \""
          + last
          + "\" cannot be all-numeric)";
    }
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].isEmpty()) {
        return "";
      }
      if (!label(parts[i])) {
        return invalid(name, parts[i]);
      }
    }
    return "";
  }

  private static String invalid(String name, String label) {
    return "domain name \"" + name + "\" invalid (label \"" + label + "\" invalid)";
  }
}
