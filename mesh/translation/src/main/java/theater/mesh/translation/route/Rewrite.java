package theater.mesh.translation.route;

import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Changes path and host before the call goes on. Istio: http.rewrite; Envoy: prefix_rewrite,
/// regex_rewrite, host_rewrite_literal.
final class Rewrite implements HttpRouteFeature {

  @Override
  public List<String> fields() {
    return List.of(
        "rewrite.uri",
        "rewrite.authority",
        "rewrite.uriRegexRewrite.match",
        "rewrite.uriRegexRewrite.rewrite");
  }

  @Override
  public void apply(RouteDraft draft) {
    SpecNode rewrite = draft.http.at("rewrite");
    SpecNode regex = rewrite.at("uriRegexRewrite");
    if (regex.present()) {
      var written =
          draft.action.getRegexRewriteBuilder().setSubstitution(regex.at("rewrite").textOr(""));
      written.getPatternBuilder().setRegex(regex.at("match").regex().orElse(".*"));
    } else {
      rewrite.at("uri").text().ifPresent(draft.action::setPrefixRewrite);
    }
    rewrite.at("authority").text().ifPresent(draft.action::setHostRewriteLiteral);
  }
}
