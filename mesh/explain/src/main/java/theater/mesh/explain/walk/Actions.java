package theater.mesh.explain.walk;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import theater.mesh.explain.held.Held;
import theater.mesh.explain.walk.Explanation.Abort;
import theater.mesh.explain.walk.Explanation.Action;
import theater.mesh.explain.walk.Explanation.Delay;
import theater.mesh.explain.walk.Explanation.DirectResponse;
import theater.mesh.explain.walk.Explanation.Mirror;
import theater.mesh.explain.walk.Explanation.Redirect;
import theater.mesh.explain.walk.Explanation.Retries;
import theater.mesh.explain.walk.Explanation.Rewrite;

/// What a route does to a request, read from Envoy's Route.
public final class Actions {
  private static final String FAULT = "envoy.filters.http.fault";
  private static final String CORS = "envoy.filters.http.cors";

  private Actions() {}

  /// @param question null when only the rule is described
  public static Action of(Route route, Question question) {
    RouteAction action = route.getRoute();
    Optional<HTTPFault> fault = fault(route);
    boolean goesOn = route.hasRoute();
    return new Action(
        route.hasRedirect() ? redirect(route.getRedirect(), question) : null,
        route.hasDirectResponse()
            ? new DirectResponse(
                route.getDirectResponse().getStatus(),
                route.getDirectResponse().getBody().getInlineString())
            : null,
        fault.filter(HTTPFault::hasDelay).map(Actions::delay).orElse(null),
        fault.filter(HTTPFault::hasAbort).map(Actions::abort).orElse(null),
        goesOn ? time(action.getTimeout()) : null,
        goesOn && action.hasRetryPolicy() ? retries(action.getRetryPolicy()) : null,
        rewrite(route, question),
        action.getRequestMirrorPoliciesList().stream()
            .map(copy ->
                new Mirror(percent(copy.getRuntimeFraction().getDefaultValue()), copy.getCluster()))
            .toList(),
        headers(route),
        hash(action),
        route.containsTypedPerFilterConfig(CORS));
  }

  private static Optional<HTTPFault> fault(Route route) {
    Any packed = route.getTypedPerFilterConfigMap().get(FAULT);
    return packed == null ? Optional.empty() : Optional.of(Held.unpack(packed, HTTPFault.class));
  }

  private static Delay delay(HTTPFault fault) {
    return new Delay(
        percent(fault.getDelay().getPercentage()), time(fault.getDelay().getFixedDelay()));
  }

  private static Abort abort(HTTPFault fault) {
    boolean grpc = fault.getAbort().getErrorTypeCase().name().startsWith("GRPC");
    return new Abort(
        percent(fault.getAbort().getPercentage()),
        grpc ? 200 : fault.getAbort().getHttpStatus(),
        grpc ? Integer.toString(fault.getAbort().getGrpcStatus()) : null);
  }

  private static Redirect redirect(RedirectAction action, Question question) {
    int status =
        switch (action.getResponseCode()) {
          case FOUND -> 302;
          case SEE_OTHER -> 303;
          case TEMPORARY_REDIRECT -> 307;
          case PERMANENT_REDIRECT -> 308;
          default -> 301;
        };
    if (question == null) {
      return new Redirect(status, action.getHostRedirect() + action.getPathRedirect());
    }
    String host =
        action.getHostRedirect().isEmpty() ? question.authority() : action.getHostRedirect();
    String scheme =
        !action.getSchemeRedirect().isEmpty()
            ? action.getSchemeRedirect()
            : action.getHttpsRedirect() ? "https" : "http";
    if (action.getPortRedirect() != 0) {
      host = host.replaceFirst(":\\d+$", "") + ":" + action.getPortRedirect();
    }
    String path = action.getPathRedirect().isEmpty() ? question.path() : action.getPathRedirect();
    return new Redirect(status, scheme + "://" + host + path);
  }

  private static Retries retries(RetryPolicy policy) {
    return new Retries(
        policy.hasNumRetries() ? policy.getNumRetries().getValue() : 1,
        policy.getRetryOn(),
        policy.getRetriableStatusCodesList(),
        policy.hasPerTryTimeout() ? time(policy.getPerTryTimeout()) : "",
        policy.getRetryHostPredicateCount() > 0);
  }

  private static Rewrite rewrite(Route route, Question question) {
    RouteAction action = route.getRoute();
    String path = "";
    if (!action.getPrefixRewrite().isEmpty()) {
      String to = action.getPrefixRewrite();
      String matched = route.getMatch().getPrefix();
      path =
          question == null || route.getMatch().hasPath() || !question.path().startsWith(matched)
              ? to
              : to + question.path().substring(matched.length());
    } else if (action.hasRegexRewrite()) {
      String regex = action.getRegexRewrite().getPattern().getRegex();
      String to = action.getRegexRewrite().getSubstitution();
      path =
          question == null
              ? regex + " → " + to
              : question.path().replaceAll(regex, to.replaceAll("\\\\(\\d)", "\\$$1"));
    }
    return path.isEmpty() && action.getHostRewriteLiteral().isEmpty()
        ? null
        : new Rewrite(path, action.getHostRewriteLiteral());
  }

  private static List<String> headers(Route route) {
    List<String> result = new ArrayList<>();
    route
        .getRequestHeadersToAddList()
        .forEach(
            it -> result.add("> " + it.getHeader().getKey() + ": " + it.getHeader().getValue()));
    route.getRequestHeadersToRemoveList().forEach(name -> result.add("> -" + name));
    route
        .getResponseHeadersToAddList()
        .forEach(
            it -> result.add("< " + it.getHeader().getKey() + ": " + it.getHeader().getValue()));
    route.getResponseHeadersToRemoveList().forEach(name -> result.add("< -" + name));
    return result;
  }

  private static String hash(RouteAction action) {
    if (action.getHashPolicyCount() == 0) {
      return null;
    }
    var policy = action.getHashPolicy(0);
    return switch (policy.getPolicySpecifierCase()) {
      case HEADER -> "header " + policy.getHeader().getHeaderName();
      case COOKIE -> "cookie " + policy.getCookie().getName();
      case QUERY_PARAMETER -> "query " + policy.getQueryParameter().getName();
      default -> "source address";
    };
  }

  /// 0 to 100.
  static double percent(FractionalPercent share) {
    double of =
        switch (share.getDenominator()) {
          case TEN_THOUSAND -> 10_000;
          case MILLION -> 1_000_000;
          default -> 100;
        };
    return Math.min(100, share.getNumerator() * 100 / of);
  }

  /// `3s`, `250ms`; empty for none.
  static String time(Duration duration) {
    long millis = duration.getSeconds() * 1000 + duration.getNanos() / 1_000_000;
    return millis == 0 ? "" : millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
