package theater.mesh.translation.check;

import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for IP addresses, ranges, ports and sockets. Each returns the complaint, empty
/// when there is none.
final class Addresses {
  private static final String SOCKET = "unix://";
  private static final int HIGHEST_PORT = 65535;
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final int IPV6_GROUPS = 8;

  private Addresses() {}

  /// Whether it is an IPv4 or IPv6 address; names are never looked up.
  static boolean ip(String text) {
    return whyNoIp(text).isEmpty();
  }

  /// What Go's `netip.ParseAddr` says of a text that is no address.
  static String whyNoIp(String text) {
    if (text.contains(":")) {
      return ipv6(text) ? "" : "unable to parse IP";
    }
    return whyNoIpv4(text);
  }

  /// Eight groups of hexadecimal digits, one row of zeros left out, the last two perhaps as IPv4, a
  /// zone perhaps (RFC 4291).
  private static boolean ipv6(String text) {
    int percent = text.indexOf('%');
    String address = percent > 0 ? text.substring(0, percent) : text;
    int gap = address.indexOf("::");
    if (percent == text.length() - 1 || gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    int groups =
        gap < 0
            ? groups(address)
            : groups(address.substring(0, gap)) + groups(address.substring(gap + 2));
    return gap < 0 ? groups == IPV6_GROUPS : groups >= 0 && groups < IPV6_GROUPS;
  }

  /// How many groups; far below zero when one is none.
  private static int groups(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    int count = 0;
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        count++;
      } else if (i == parts.length - 1 && whyNoIpv4(parts[i]).isEmpty()) {
        count += 2;
      } else {
        return Integer.MIN_VALUE / 2;
      }
    }
    return count;
  }

  private static String whyNoIpv4(String text) {
    String[] fields = text.split("\\.", -1);
    if (fields.length == 1 || !text.matches("[0-9.]*")) {
      return "unable to parse IP";
    }
    for (String field : fields) {
      if (field.isEmpty()) {
        return "IPv4 field must have at least one digit";
      }
      if (field.length() > 1 && field.startsWith("0")) {
        return "IPv4 field has octet with leading zero";
      }
      if (field.length() > 3 || Integer.parseInt(field) > 255) {
        return "IPv4 field has value >255";
      }
    }
    return fields.length < 4
        ? "IPv4 address too short"
        : fields.length > 4 ? "IPv4 address too long" : "";
  }

  static String address(String text) {
    return ip(text) ? "" : text + " is not a valid IP";
  }

  /// An address or a range in CIDR notation.
  static String subnet(String text) {
    if (text.chars().filter(c -> c == '/').count() != 1) {
      return address(text);
    }
    return whyNoRange(text).isEmpty() ? "" : text + " is not a valid CIDR block";
  }

  /// What Go's `netip.ParsePrefix` says of a text that is no range.
  static String whyNoRange(String text) {
    int slash = text.lastIndexOf('/');
    String address = text.substring(0, slash);
    String bits = text.substring(slash + 1);
    String wrong = whyNoIp(address);
    String quoted = "netip.ParsePrefix(\"" + text + "\"): ";
    if (!wrong.isEmpty()) {
      return quoted + "ParseAddr(\"" + address + "\"): " + wrong;
    }
    if (!bits.matches("0|[1-9][0-9]{0,2}")) {
      return quoted + "bad bits after slash: \"" + bits + "\"";
    }
    return Integer.parseInt(bits) > (address.contains(":") ? IPV6_BITS : IPV4_BITS)
        ? quoted + "prefix length out of range"
        : "";
  }

  static String port(long number) {
    return number < 1 || number > HIGHEST_PORT
        ? "port number " + number + " must be in the range 1..65535"
        : "";
  }

  static String port(SpecNode field) {
    return port(field.whole().orElse(0));
  }

  static boolean isSocket(String address) {
    return address.startsWith(SOCKET);
  }

  /// `unix:///path` or an abstract socket, `unix://@name`.
  static String socket(String address) {
    String path = address.substring(SOCKET.length());
    if (path.isEmpty()) {
      return "unix address must not be empty";
    }
    return path.startsWith("@") || path.startsWith("/") && !path.endsWith("/")
        ? ""
        : path + " is not an absolute path to a file";
  }
}
