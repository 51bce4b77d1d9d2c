package theater.mesh.translation.check;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Istio's rules for single values of an AuthorizationPolicy.
final class AuthorizationValues {
  private static final Pattern SEGMENT = Pattern.compile("[a-zA-Z0-9-._~%!$&'()+,;:@=]+");
  private static final int MOST_ACCOUNTS = 16;
  private static final int LONGEST_ACCOUNT = 320;
  private static final int HIGHEST_PORT = 65535;

  private AuthorizationValues() {}

  /// `paths` to `notPaths`.
  static String not(String field) {
    return "not" + goName(field);
  }

  /// `paths` to `Paths`.
  static String goName(String field) {
    return field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
  }

  static void filled(String field, List<String> values, Complaints complaints) {
    complaints.addGiven(
        field.endsWith("erviceAccounts")
            ? accounts(goName(field), values)
            : empty(goName(field), values));
  }

  private static String empty(String key, List<String> values) {
    return values.contains("") ? "empty value not allowed, found in " + key : "";
  }

  /// `account` or `namespace/account`.
  private static String accounts(String key, List<String> values) {
    if (values.size() > MOST_ACCOUNTS) {
      return "may not have more than 16 values";
    }
    for (String value : values) {
      String form = "expected format 'serviceAccount' or 'namespace/serviceAccount', found ";
      if (value.isEmpty()) {
        return "empty value not allowed, found in " + key;
      }
      if (value.contains("*")) {
        return "wildcard not allowed, found in " + key;
      }
      String[] parts = value.split("/", -1);
      if (parts.length > 2) {
        return form + "\"" + value + "\" in " + key;
      }
      if (value.length() > LONGEST_ACCOUNT) {
        return "value cannot exceed 320 characters, found \"" + value + "\" in " + key;
      }
      if (parts.length == 2 && (parts[0].isEmpty() || parts[1].isEmpty())) {
        return form
            + (parts[0].isEmpty() ? "empty namespace \"" : "empty serviceAccount \"")
            + value
            + "\" in "
            + key;
      }
    }
    return "";
  }

  static void addresses(List<String> values, Complaints complaints) {
    for (String value : values) {
      if (value.contains("/")) {
        String wrong = Addresses.whyNoRange(value);
        if (!wrong.isEmpty()) {
          complaints.addListed("bad CIDR range (" + value + "): " + wrong);
        }
      } else if (!Addresses.ip(value)) {
        complaints.addListed("bad IP address (" + value + ")");
      }
    }
  }

  static void ports(List<String> values, Complaints complaints) {
    for (String value : values) {
      boolean number = value.matches("[0-9]{1,9}");
      if (!number || Integer.parseInt(value) > HIGHEST_PORT) {
        complaints.addListed(
            "bad port ("
                + value
                + "): "
                + (number
                    ? "<nil>"
                    : "strconv.ParseUint: parsing \"" + value + "\": invalid syntax"));
      }
    }
  }

  /// Paths may hold the templates `{*}` for a segment and, last, `{**}` for the rest.
  static void paths(String field, List<String> values, Complaints complaints) {
    for (String value : values) {
      String path = value.replaceAll("^/+|/+$", "");
      String wrong = "invalid or unsupported path " + path + ", found in " + goName(field) + ". ";
      boolean template = value.contains("{*}") || value.contains("{**}");
      boolean rest = false;
      for (String segment : path.split("/", -1)) {
        boolean one = segment.equals("{*}") || segment.equals("{**}");
        if (one && rest) {
          complaints.add(wrong + "{**} is not the last operator");
          return;
        }
        rest |= segment.equals("{**}");
        if (!one && (segment.contains("{") || segment.contains("}"))) {
          complaints.add(wrong + "Contains '{' or '}' beyond a supported path template");
          return;
        }
        if (!one && template && !SEGMENT.matcher(segment).matches()) {
          complaints.add(wrong + "Contains segment " + segment + " with invalid string literal");
          return;
        }
      }
    }
  }

  /// The values of one condition's key.
  static String attribute(String key, List<String> values) {
    String empty = empty(key, values);
    if (!empty.isEmpty()) {
      return empty;
    }
    if (key.startsWith("request.headers")
        || key.startsWith("request.auth.claims")
        || key.startsWith("experimental.envoy.filters.")) {
      int open = key.indexOf('[');
      return key.endsWith("]") && open > 0 && open < key.length() - 2
          ? ""
          : "bad key (" + key + "): should have format a[b]";
    }
    if (key.startsWith("destination.labels")) {
      return "attribute " + key + " is replaced by the workload selector";
    }
    Complaints inner = new Complaints();
    switch (key) {
      case "source.ip", "remote.ip", "destination.ip" -> addresses(values, inner);
      case "destination.port" -> ports(values, inner);
      case "source.serviceAccount" -> inner.addGiven(accounts(key, values));
      case "source.namespace",
          "source.principal",
          "request.auth.principal",
          "request.auth.audiences",
          "request.auth.presenter",
          "connection.sni" -> {}
      case "destination.namespace" ->
          inner.add("attribute " + key + " is replaced by the metadata.namespace");
      case "destination.name", "destination.user" ->
          inner.add("deprecated attribute " + key + ": only supported in v1alpha1");
      default -> inner.add("unknown attribute: " + key);
    }
    return inner.text();
  }
}
