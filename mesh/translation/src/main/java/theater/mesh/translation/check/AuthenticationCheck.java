package theater.mesh.translation.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for PeerAuthentication and RequestAuthentication.
final class AuthenticationCheck {
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):");

  private AuthenticationCheck() {}

  static void peer(SpecNode spec, Complaints complaints) {
    SpecNode levels = spec.at("portLevelMtls");
    Map<String, SpecNode> ports = levels.entries();
    complaints.addIf(
        !ports.isEmpty() && spec.at("selector", "matchLabels").entries().isEmpty(),
        "mesh/namespace peer authentication cannot have port level mTLS");
    for (String port : ports.keySet()) {
      complaints.addIf(
          !port.matches("[0-9]{1,9}") || !Addresses.port(Long.parseLong(port)).isEmpty(),
          "port must be in range 1..65535");
    }
    Labels.selector(spec.at("selector"), complaints);
  }

  static void request(SpecNode spec, Complaints complaints) {
    Labels.targets(spec, complaints);
    spec.at("jwtRules").items().forEach(rule -> jwt(rule, complaints));
  }

  private static void jwt(SpecNode rule, Complaints complaints) {
    listed(rule.at("audiences"), "audience must be non-empty string", complaints);
    String uri = rule.either("jwksUri", "jwks_uri").textOr("");
    if (!Rules.given(rule.at("issuer")) && uri.isEmpty()) {
      complaints.addListed("issuer or jwksUri must be non-empty string");
    }
    if (!uri.isEmpty()) {
      uri(uri, complaints);
    }
    String keys = rule.at("jwks").textOr("");
    if (!keys.isEmpty()) {
      KeySet.problem(keys).ifPresent(why -> complaints.addListed("jwks parse error: " + why));
    }
    for (SpecNode header : rule.at("fromHeaders").items()) {
      if (!Rules.given(header.at("name"))) {
        complaints.addListed("location header name must be non-empty string");
      }
    }
    listed(rule.at("fromParams"), "location query must be non-empty string", complaints);
    listed(rule.at("fromCookies"), "cookie name must be non-empty string", complaints);
    for (SpecNode claim : rule.at("outputClaimToHeaders").items()) {
      String header = claim.at("header").textOr("");
      if (header.isEmpty() || !Rules.given(claim.at("claim"))) {
        complaints.addListed(
            "outputClaimToHeaders header and claim value must be non-empty string");
      } else if (!HeaderCheck.STRICT_NAME.matcher(header).matches()) {
        complaints.addListed("header name " + header + " is not a valid header name");
      }
    }
    Rules.duration(rule.at("timeout"), complaints);
  }

  private static void listed(SpecNode texts, String wrong, Complaints complaints) {
    if (texts.textItems().contains("")) {
      complaints.addListed(wrong);
    }
  }

  private static void uri(String text, Complaints complaints) {
    Matcher scheme = SCHEME.matcher(text);
    String found = scheme.lookingAt() ? scheme.group(1) : "";
    if (!List.of("http", "https").contains(found.toLowerCase(Locale.ROOT))) {
      complaints.addListed("URI scheme \"" + found + "\" is not supported");
    }
  }
}
