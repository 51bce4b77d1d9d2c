package theater.mesh.translation.check;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for one HTTP route of a VirtualService: what may stand together, then each part.
final class HttpRouteCheck {
  private static final Set<String> CORS_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*");
  private static final int BIG_BODY = 100 * 1024;
  private static final int TOO_BIG_BODY = 1024 * 1024;

  private HttpRouteCheck() {}

  static void check(SpecNode http, boolean ofDelegate, Complaints complaints) {
    together(http, ofDelegate, complaints);
    HttpMatchCheck.check(http, complaints);
    HeaderCheck.operations(http.at("headers"), complaints);
    cors(http.at("corsPolicy"), complaints);
    FaultCheck.check(http.at("fault"), complaints);
    mirrors(http, complaints);
    redirect(http.at("redirect"), complaints);
    direct(http.at("directResponse"), complaints);
    RetriesCheck.check(http.at("retries"), complaints);
    rewrite(http.at("rewrite"), complaints);
    HeaderCheck.authority(http, complaints);
    DestinationCheck.weighted(http.at("route").items(), complaints);
    Rules.duration(http.at("timeout"), complaints);
  }

  private static void together(SpecNode http, boolean ofDelegate, Complaints complaints) {
    boolean routes = !http.at("route").items().isEmpty();
    boolean redirect = http.at("redirect").present();
    boolean direct = http.at("directResponse").present();
    boolean delegate = http.at("delegate").present();
    if (delegate && !ofDelegate) {
      String root = ("root HTTP route " + http.at("name").textOr("")).strip();
      complaints.addIf(redirect, root + " must not specify redirect");
      complaints.addIf(routes, root + " must not specify route");
      return;
    }
    complaints.addIf(delegate, "delegate HTTP route cannot contain delegate");
    String other = redirect ? "redirect" : "direct_response";
    if (redirect || direct) {
      complaints.addIf(routes, "HTTP route cannot contain both route and " + other);
      complaints.addIf(
          http.at("fault").present(), "HTTP route cannot contain both fault and " + other);
      complaints.addIf(
          http.at("rewrite").present(), "HTTP route rule cannot contain both rewrite and " + other);
      complaints.addIf(
          redirect && direct, "HTTP route rule cannot contain both direct_response and redirect");
    } else {
      complaints.addIf(!routes, "HTTP route, redirect or direct_response is required");
    }
    complaints.addIf(
        http.at("mirror").present() && !http.at("mirrors").items().isEmpty(),
        "HTTP route cannot contain both mirror and mirrors");
  }

  private static void cors(SpecNode cors, Complaints complaints) {
    for (SpecNode origin : cors.at("allowOrigins").items()) {
      if (List.of("exact", "prefix", "regex").stream()
          .noneMatch(way -> Rules.given(origin.at(way)))) {
        complaints.add("'' is not a valid match type for CORS allow origins");
      } else {
        HttpMatchCheck.regex(origin, "corsPolicy.allowOrigins", complaints);
      }
    }
    for (String method : cors.at("allowMethods").textItems()) {
      complaints.addIf(
          !CORS_METHODS.contains(method), "\"" + method + "\" is not a supported HTTP method");
    }
    for (String list : List.of("allowHeaders", "exposeHeaders")) {
      for (String name : cors.at(list).textItems()) {
        complaints.addIf(name.isEmpty(), "header name cannot be empty");
        complaints.addIf(
            !name.isEmpty() && !HeaderCheck.NAME.matcher(name).matches(),
            "header name " + name + " is not a valid header name");
      }
    }
    Rules.duration(cors.at("maxAge"), complaints);
    if (cors.at("maxAge").text().flatMap(GoDuration::parse).map(Duration::getNano).orElse(0) != 0) {
      complaints.addListed("max_age duration is accurate only to seconds precision");
    }
  }

  private static void mirrors(SpecNode http, Complaints complaints) {
    SpecNode percent = http.either("mirrorPercent", "mirror_percent");
    if (percent.present()) {
      long value = percent.whole().orElse(0);
      complaints.addIf(
          value > 100, "mirror_percent must have a max value of 100 (it has " + value + ")");
      complaints.warn(
          "using deprecated setting \"mirrorPercent\", use \"mirrorPercentage\" instead");
    }
    share(http.at("mirrorPercentage", "value"), "mirror_percentage", complaints);
    DestinationCheck.check(http.at("mirror"), complaints);
    for (SpecNode mirror : http.at("mirrors").items()) {
      if (!mirror.at("destination").present()) {
        complaints.add("destination is required for mirrors");
      } else {
        DestinationCheck.check(mirror.at("destination"), complaints);
        share(mirror.at("percentage", "value"), "mirror percentage", complaints);
      }
    }
  }

  private static void share(SpecNode field, String name, Complaints complaints) {
    double value = field.number().orElse(0.0);
    String has = " (it has " + "%.6f".formatted(value) + ")";
    complaints.addIf(value > 100, name + " must have a max value of 100" + has);
    complaints.addIf(value < 0, name + " must have a min value of 0" + has);
  }

  private static void redirect(SpecNode redirect, Complaints complaints) {
    if (!redirect.present()) {
      return;
    }
    String scheme = redirect.at("scheme").textOr("");
    long code = redirect.at("redirectCode").whole().orElse(0);
    if (!Rules.given(redirect.at("uri"))
        && !Rules.given(redirect.at("authority"))
        && scheme.isEmpty()
        && !redirect.at("port").present()
        && !redirect.at("derivePort").present()) {
      complaints.add("redirect must specify URI, authority, scheme, or port");
    } else if (code != 0 && (code < 300 || code > 399)) {
      complaints.add(code + " is not a valid redirect code, must be 3xx");
    } else if (!scheme.isEmpty() && !scheme.equals("http") && !scheme.equals("https")) {
      complaints.add("invalid redirect scheme, must be \"http\" or \"https\"");
    } else if (redirect.at("port").whole().orElse(0) > 0) {
      complaints.addGiven(Addresses.port(redirect.at("port")));
    }
  }

  private static void direct(SpecNode direct, Complaints complaints) {
    if (!direct.present()) {
      return;
    }
    String text = direct.at("body", "string").textOr("");
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    String big = "large direct_responses may impact control plane performance";
    complaints.addIf(size > TOO_BIG_BODY, big + ", must be less than 1MB");
    complaints.warnIf(size > BIG_BODY && size <= TOO_BIG_BODY, big);
    FaultCheck.status(direct.at("status"), complaints);
  }

  private static void rewrite(SpecNode rewrite, Complaints complaints) {
    if (!rewrite.present()) {
      return;
    }
    SpecNode regex = rewrite.at("uriRegexRewrite");
    boolean uri = Rules.given(rewrite.at("uri"));
    if (uri && regex.present()) {
      complaints.add("rewrite may only contain one of URI or UriRegexRewrite");
    } else if (!uri && !regex.present() && !Rules.given(rewrite.at("authority"))) {
      complaints.add(
          "rewrite must specify at least one of URI, UriRegexRewrite, or authority. Only one of URI or UriRegexRewrite may be specified");
    } else if (regex.present()) {
      Complaints inner = new Complaints();
      if (!Rules.given(regex.at("match")) || !Rules.given(regex.at("rewrite"))) {
        inner.add("UriRegexRewrite requires both Rewrite and Match fields to be specified");
      } else {
        HttpMatchCheck.expression(
            regex.at("match").textOr(""), "HTTPRewrite.UriRegexRewrite.Match", inner);
      }
      complaints.addIf(!inner.none(), "UriRegexRewrite has errors " + inner.text());
    }
  }
}
