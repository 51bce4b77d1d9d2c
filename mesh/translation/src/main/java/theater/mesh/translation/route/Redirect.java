package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction.RedirectResponseCode;
import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Answers "look there". Istio: http.redirect; Envoy: RedirectAction.
final class Redirect implements HttpRouteFeature {

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
    redirect.at("uri").text().ifPresent(action::setPathRedirect);
    redirect.at("authority").text().ifPresent(action::setHostRedirect);
    redirect.at("scheme").text().ifPresent(action::setSchemeRedirect);
    redirect.at("port").unsigned().ifPresent(action::setPortRedirect);
    if (redirect.at("derivePort").textOr("").equals("FROM_REQUEST_PORT")) {
      action.setPortRedirect(draft.scope.port());
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
}
