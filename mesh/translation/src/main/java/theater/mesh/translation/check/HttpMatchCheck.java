package theater.mesh.translation.check;

import java.util.List;
import java.util.Set;
import theater.mesh.translation.spec.Re2;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for the conditions of one HTTP route.
final class HttpMatchCheck {
  private static final Set<String> PSEUDO =
      Set.of(":method", ":scheme", ":authority", ":path", ":status");
  private static final String CLAIM = "@request\\.auth\\.claims(\\..+|\\[.+])";
  private static final int LONGEST_REGEX = 1024;

  private HttpMatchCheck() {}

  static void check(SpecNode route, Complaints complaints) {
    for (SpecNode match : route.at("match").items()) {
      match
          .at("headers")
          .entries()
          .forEach((name, value) -> {
            name(name, complaints);
            text(value, "headers", complaints);
          });
      match
          .at("withoutHeaders")
          .entries()
          .forEach((name, value) -> {
            name(name, complaints);
            if (!value.at("regex").textOr("").equals("*")) {
              text(value, "withoutHeaders", complaints);
            }
          });
      regex(match.at("uri"), "uri", complaints);
      for (String field : List.of("scheme", "method", "authority")) {
        text(match.at(field), field, complaints);
      }
      match
          .at("queryParams")
          .entries()
          .values()
          .forEach(value -> text(value, "queryParams", complaints));
    }
    for (SpecNode match : route.at("match").items()) {
      if (match.at("port").whole().orElse(0) != 0) {
        complaints.addGiven(Addresses.port(match.at("port")));
      }
      Labels.check(match.at("sourceLabels"), complaints);
      VirtualServiceCheck.gateways(match.at("gateways").textItems(), complaints);
      String namespace = match.at("sourceNamespace").textOr("");
      complaints.addIf(
          !namespace.isEmpty() && !Domains.label(namespace),
          "sourceNamespace match " + namespace + " is invalid");
    }
  }

  /// Claims of a token are known at a gateway only.
  static void claims(SpecNode route, List<String> gateways, Complaints complaints) {
    for (SpecNode match : route.at("match").items()) {
      for (String map : List.of("headers", "withoutHeaders")) {
        for (String name : match.at(map).entries().keySet()) {
          complaints.addIf(
              name.matches(CLAIM),
              "JWT claim based routing (key: "
                  + name
                  + ") is only supported for gateway, found no gateways: ["
                  + String.join(" ", gateways)
                  + "]");
        }
      }
    }
  }

  private static void name(String name, Complaints complaints) {
    if (name.isEmpty()) {
      complaints.add("header name cannot be empty");
    } else {
      complaints.addIf(
          !name.matches(CLAIM)
              && !PSEUDO.contains(name)
              && !HeaderCheck.NAME.matcher(name).matches(),
          "header name " + name + " is not a valid header name");
    }
  }

  private static void text(SpecNode match, String where, Complaints complaints) {
    complaints.addIf(
        match.at("prefix").present() && !Rules.given(match.at("prefix")),
        "\"" + where + "\": prefix string match should not be empty");
    regex(match, where, complaints);
  }

  /// @param match with `exact`, `prefix` or `regex`
  static void regex(SpecNode match, String where, Complaints complaints) {
    SpecNode regex = match.at("regex");
    if (regex.present() && !Rules.given(regex)) {
      complaints.add("\"" + where + "\": regex string match should not be empty");
    } else if (regex.present()) {
      expression(regex.textOr(""), where, complaints);
    }
  }

  /// A regular expression that Envoy takes.
  static void expression(String regex, String where, Complaints complaints) {
    if (regex.length() > LONGEST_REGEX) {
      complaints.add("\"" + where + "\": regex is too large, max length allowed is 1024");
      return;
    }
    Re2.problem(regex)
        .ifPresent(why ->
            complaints.add(
                "\""
                    + where
                    + "\": error parsing regexp: "
                    + why
                    + "; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)"));
  }
}
