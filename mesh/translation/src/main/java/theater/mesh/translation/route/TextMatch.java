package theater.mesh.translation.route;

import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.Optional;
import theater.mesh.translation.spec.SpecNode;

/// Istio's StringMatch `{exact: …}`, `{prefix: …}`, `{regex: …}` as Envoy's StringMatcher. Empty
/// when none of them is given, or the regex is `*`: presence.
final class TextMatch {
  private TextMatch() {}

  static Optional<StringMatcher> of(SpecNode match) {
    StringMatcher.Builder result = StringMatcher.newBuilder();
    match.at("exact").text().ifPresent(result::setExact);
    match.at("prefix").text().filter(text -> !text.isEmpty()).ifPresent(result::setPrefix);
    match
        .at("regex")
        .text()
        .filter(text -> !text.isEmpty() && !text.equals("*"))
        .flatMap(_ -> match.at("regex").regex())
        .ifPresent(text -> result.getSafeRegexBuilder().setRegex(text));
    return result.getMatchPatternCase() == StringMatcher.MatchPatternCase.MATCHPATTERN_NOT_SET
        ? Optional.empty()
        : Optional.of(result.build());
  }
}
