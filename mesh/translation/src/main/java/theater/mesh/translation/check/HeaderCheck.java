package theater.mesh.translation.check;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for names and values of headers.
final class HeaderCheck {
  static final Pattern NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~A-Za-z0-9]+");
  static final Pattern STRICT_NAME = Pattern.compile("[-_A-Za-z0-9]+");
  private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0A-\\x1F\\x7F]*");

  private HeaderCheck() {}

  /// What a route adds to, sets in and removes from requests and answers.
  static void operations(SpecNode headers, Complaints complaints) {
    for (String side : List.of("request", "response")) {
      for (String operation : List.of("add", "set")) {
        headers
            .at(side, operation)
            .texts()
            .forEach((name, value) -> {
              name(name, side.equals("request"), complaints);
              value(value, complaints);
            });
      }
      headers.at(side, "remove").textItems().forEach(name -> name(name, false, complaints));
    }
  }

  /// The authority may be set once: by the rewrite or by a header.
  static void authority(SpecNode route, Complaints complaints) {
    String current = route.at("rewrite", "authority").textOr("");
    for (String operation : List.of("set", "add")) {
      for (Map.Entry<String, String> header :
          route.at("headers", "request", operation).texts().entrySet()) {
        if (isAuthority(header.getKey())) {
          if (!current.isEmpty()) {
            complaints.add(
                "authority header cannot be set multiple times: have \""
                    + current
                    + "\", attempting to set \""
                    + header.getValue()
                    + "\"");
            return;
          }
          current = header.getValue();
        }
      }
    }
  }

  private static void name(String name, boolean mayBeAuthority, Complaints complaints) {
    if (name.isEmpty()) {
      complaints.add("header name cannot be empty");
    } else if (mayBeAuthority && isAuthority(name)) {
      return;
    } else if (name.equalsIgnoreCase("host")) {
      complaints.add("invalid header \"" + name + "\": cannot set Host header");
    } else {
      complaints.addIf(
          name.startsWith(":"), "invalid header \"" + name + "\": header cannot have \":\" prefix");
    }
  }

  private static boolean isAuthority(String name) {
    return name.equalsIgnoreCase("host") || name.equalsIgnoreCase(":authority");
  }

  /// Texts with Envoy's `%VARIABLES%`, closed and with their arguments closed.
  static void value(String value, Complaints complaints) {
    if (!VALUE.matcher(value).matches()) {
      complaints.add("header value configuration " + value + " is invalid");
      return;
    }
    String wrong = HeaderFormat.problem(value);
    complaints.addIf(!wrong.isEmpty(), "header value configuration: " + wrong);
  }
}
