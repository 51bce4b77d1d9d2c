package theater.mesh.translation.route;

import java.util.List;
import theater.mesh.translation.spec.Re2;
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
      rewrite.at("uri").text().filter(uri -> !uri.isEmpty()).ifPresent(uri -> prefix(uri, draft));
    }
    rewrite
        .at("authority")
        .text()
        .filter(authority -> !authority.isEmpty())
        .ifPresent(draft.action::setHostRewriteLiteral);
  }

  /// An HTTPRoute's `/` takes the prefix away and must leave one slash, whatever follows it.
  private static void prefix(String uri, RouteDraft draft) {
    if (draft.scope.gatewayApi() && uri.equals("/")) {
      String prefix = draft.route.getMatch().getPathSeparatedPrefix();
      draft
          .action
          .getRegexRewriteBuilder()
          .setSubstitution("/\\2")
          .getPatternBuilder()
          .setRegex("^" + Re2.quote(prefix) + "(/?)(.*)");
    } else {
      draft.action.setPrefixRewrite(uri);
    }
  }
}
