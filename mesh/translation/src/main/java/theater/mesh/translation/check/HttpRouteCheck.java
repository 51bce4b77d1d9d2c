package theater.mesh.translation.check;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.Re2;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for one HTTP route of a VirtualService.
final class HttpRouteCheck {
  private static final Set<String> RETRY_ON =
      Set.of(
          "5xx",
          "gateway-error",
          "reset",
          "reset-before-request",
          "connect-failure",
          "envoy-ratelimited",
          "retriable-4xx",
          "refused-stream",
          "retriable-status-codes",
          "retriable-headers",
          "http3-post-connect-failure",
          "cancelled",
          "deadline-exceeded",
          "internal",
          "resource-exhausted",
          "unavailable");

  private HttpRouteCheck() {}

  static void check(SpecNode http, boolean ofDelegate, Complaints complaints) {
    List<SpecNode> routes = http.at("route").items();
    boolean redirect = http.at("redirect").present();
    boolean direct = http.at("directResponse").present();
    if (http.at("delegate").present()) {
      complaints.addIf(ofDelegate, "delegate HTTP route cannot contain delegate");
      complaints.addIf(!routes.isEmpty(), "root HTTP route must not specify route");
    } else if (redirect) {
      complaints.addIf(!routes.isEmpty(), "HTTP route cannot contain both route and redirect");
      complaints.addIf(
          http.at("fault").present(), "HTTP route cannot contain both fault and redirect");
      complaints.addIf(
          http.at("rewrite").present(), "HTTP route rule cannot contain both rewrite and redirect");
      complaints.addIf(direct, "HTTP route cannot contain both redirect and direct_response");
    } else if (direct) {
      complaints.addIf(
          !routes.isEmpty(), "HTTP route cannot contain both route and direct_response");
      status(http.at("directResponse", "status"), complaints);
    } else {
      complaints.addIf(routes.isEmpty(), "HTTP route, redirect or direct_response is required");
    }
    http.at("match").items().forEach(match -> match(match, complaints));
    fault(http.at("fault"), complaints);
    Rules.duration(http.at("timeout"), complaints);
    retries(http.at("retries"), complaints);
    mirror(http, complaints);
    http.at("corsPolicy", "maxAge")
        .text()
        .flatMap(GoDuration::parse)
        .map(Duration::getNano)
        .filter(nanos -> nanos != 0)
        .ifPresent(
            _ -> complaints.addListed("max_age duration is accurate only to seconds precision"));
    for (SpecNode route : routes) {
      if (!route.at("destination").present()) {
        complaints.addListed("destination is required");
      } else {
        destination(route.at("destination"), complaints);
      }
    }
    weights(routes, complaints);
  }

  static void destination(SpecNode destination, Complaints complaints) {
    Rules.host(destination.at("host").textOr(""), complaints);
    destination
        .at("subset")
        .text()
        .filter(name -> !name.isEmpty())
        .ifPresent(name -> Rules.subset(name, complaints));
  }

  static void weights(List<SpecNode> routes, Complaints complaints) {
    long total = 0;
    for (SpecNode route : routes) {
      long weight = route.at("weight").whole().orElse(0);
      complaints.addIf(weight < 0, "weight " + weight + " < 0");
      total += weight;
    }
    boolean given =
        routes.stream()
            .allMatch(
                route -> route.at("weight").whole().isPresent() || !route.at("weight").present());
    complaints.addIf(routes.size() > 1 && total == 0 && given, "total destination weight = 0");
  }

  private static void match(SpecNode match, Complaints complaints) {
    for (String map : List.of("headers", "withoutHeaders")) {
      match
          .at(map)
          .entries()
          .forEach((name, value) -> {
            complaints.addIf(name.isEmpty(), "header name cannot be empty");
            regex(value.at("regex"), map, complaints);
          });
    }
    match
        .at("queryParams")
        .entries()
        .values()
        .forEach(value -> regex(value.at("regex"), "queryParams", complaints));
    for (String field : List.of("uri", "scheme", "method", "authority")) {
      regex(match.at(field, "regex"), field, complaints);
    }
  }

  private static void regex(SpecNode regex, String field, Complaints complaints) {
    Re2.problem(regex.textOr(""))
        .ifPresent(why ->
            complaints.add(
                "\""
                    + field
                    + "\": error parsing regexp: "
                    + why
                    + "; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)"));
  }

  private static void fault(SpecNode fault, Complaints complaints) {
    if (!fault.present()) {
      return;
    }
    if (!fault.at("abort").present() && !fault.at("delay").present()) {
      complaints.addListed("HTTP fault injection must have an abort and/or a delay");
    }
    if (fault.at("abort", "httpStatus").present()) {
      status(fault.at("abort", "httpStatus"), complaints);
    }
    share(fault.at("abort", "percentage", "value"), complaints);
    share(fault.at("delay", "percentage", "value"), complaints);
    Rules.duration(fault.at("delay", "fixedDelay"), complaints);
  }

  private static void status(SpecNode field, Complaints complaints) {
    long status = field.whole().orElse(0);
    complaints.addIf(
        status < 200 || status > 599, "HTTP status " + status + " is not in range 200-599");
  }

  private static void share(SpecNode field, Complaints complaints) {
    double value = field.number().orElse(0.0);
    complaints.addIf(
        value != 0 && (value < 0.0001 || value > 100),
        "percentage " + Rules.number(value) + " is neither 0.0, nor in range [0.0001, 100.0]");
  }

  private static void retries(SpecNode retries, Complaints complaints) {
    if (!retries.present()) {
      return;
    }
    long attempts = retries.at("attempts").whole().orElse(0);
    if (attempts < 0) {
      complaints.addListed("attempts cannot be negative");
    }
    boolean more =
        !retries.at("retryOn").textOr("").isEmpty()
            || retries.at("perTryTimeout").present()
            || retries.at("retryRemoteLocalities").present();
    complaints.addIf(
        attempts == 0 && more,
        "http retry policy configured when attempts are set to 0 (disabled)");
    Rules.duration(retries.at("perTryTimeout"), complaints);
    for (String word : retries.at("retryOn").textOr("").split(",")) {
      String condition = word.strip();
      boolean code = condition.matches("[1-5]\\d\\d");
      complaints.addIf(
          !condition.isEmpty() && !code && !RETRY_ON.contains(condition),
          "\"" + condition + "\" is not a valid retryOn policy");
    }
  }

  private static void mirror(SpecNode http, Complaints complaints) {
    if (http.at("mirror").present()) {
      destination(http.at("mirror"), complaints);
    }
    double percent = http.at("mirrorPercentage", "value").number().orElse(0.0);
    complaints.addIf(
        percent > 100,
        "mirror_percentage must have a max value of 100 (it has "
            + "%.6f".formatted(percent)
            + ")");
    complaints.addIf(
        percent < 0,
        "mirror_percentage must have a min value of 0 (it has " + "%.6f".formatted(percent) + ")");
  }
}
