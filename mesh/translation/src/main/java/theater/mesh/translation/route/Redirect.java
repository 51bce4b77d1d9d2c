package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction.RedirectResponseCode;
import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Answers "look there". Istio: http.redirect; Envoy: RedirectAction.
final class Redirect implements HttpRouteFeature {
  /// Before a path of a redirect: what follows takes the place of the prefix that matched.
  static final String PREFIX = "%PREFIX()%";

  @Override
  public List<String> fields() {
    return List.of(
        "redirect.uri",
        "redirect.authority",
        "redirect.scheme",
        "redirect.port",
        "redirect.derivePort",
        "redirect.redirectCode");
  }

  @Override
  public void apply(RouteDraft draft) {
    SpecNode redirect = draft.http.at("redirect");
    if (!redirect.present()) {
      return;
    }
    RedirectAction.Builder action = draft.route.getRedirectBuilder();
    path(redirect.at("uri").textOr(""), draft, action);
    redirect.at("authority").text().ifPresent(action::setHostRedirect);
    redirect.at("scheme").text().ifPresent(action::setSchemeRedirect);
    redirect.at("port").unsigned().ifPresent(action::setPortRedirect);
    if (redirect.at("derivePort").textOr("").equals("FROM_REQUEST_PORT")) {
      action.setPortRedirect(draft.scope.port());
    }
    String scheme =
        redirect.at("scheme").textOr("").isEmpty()
            ? draft.scope.tls() ? "https" : "http"
            : redirect.at("scheme").textOr("");
    if (action.getPortRedirect() == (scheme.equals("https") ? 443 : 80)) {
      action.clearPortRedirect(); // the scheme says it
    }
    switch (redirect.at("redirectCode").unsigned().orElse(301)) {
      case 301 -> action.setResponseCode(RedirectResponseCode.MOVED_PERMANENTLY);
      case 302 -> action.setResponseCode(RedirectResponseCode.FOUND);
      case 303 -> action.setResponseCode(RedirectResponseCode.SEE_OTHER);
      case 307 -> action.setResponseCode(RedirectResponseCode.TEMPORARY_REDIRECT);
      case 308 -> action.setResponseCode(RedirectResponseCode.PERMANENT_REDIRECT);
      default -> redirect.at("redirectCode").malformed("301, 302, 303, 307 or 308");
    }
  }

  /// Only an HTTPRoute says "instead of the prefix", by a mark that no person writes.
  private static void path(String uri, RouteDraft draft, RedirectAction.Builder action) {
    if (draft.scope.gatewayApi() && uri.startsWith(PREFIX)) {
      action.setPrefixRewrite(uri.substring(PREFIX.length()));
    } else if (!uri.isEmpty()) {
      action.setPathRedirect(uri);
    }
  }
}
