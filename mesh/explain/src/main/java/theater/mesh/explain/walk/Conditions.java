package theater.mesh.explain.walk;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The conditions of Envoy's RouteMatch, one by one, and whether a request meets them.
public final class Conditions {
  private Conditions() {}

  /// One condition.
  ///
  /// @param what `path`, `header x-canary`, `query id`
  /// @param expected `/users/*`, `= true`, `present`
  /// @param got what the request has; null when it has no such thing
  public record Condition(String what, String expected, String got, boolean met) {}

  static List<Condition> of(RouteMatch match, Question question) {
    List<Condition> result = new ArrayList<>();
    result.add(path(match, question.plainPath()));
    for (HeaderMatcher header : match.getHeadersList()) {
      Optional<String> got = question.header(header.getName());
      result.add(new Condition(what(header), expected(header), got.orElse(null), met(header, got)));
    }
    for (QueryParameterMatcher query : match.getQueryParametersList()) {
      Optional<String> got = question.parameter(query.getName());
      boolean met =
          query.hasPresentMatch()
              ? got.isPresent() == query.getPresentMatch()
              : got.filter(value -> Texts.match(query.getStringMatch(), value)).isPresent();
      result.add(new Condition("query " + query.getName(), expected(query), got.orElse(null), met));
    }
    return result;
  }

  /// All conditions in one line; `*` when there are none.
  public static String text(RouteMatch match) {
    List<String> parts = new ArrayList<>();
    Condition path = path(match, "");
    if (!path.expected().equals("/*")) {
      parts.add("path " + path.expected());
    }
    match.getHeadersList().forEach(header -> parts.add(what(header) + " " + expected(header)));
    match
        .getQueryParametersList()
        .forEach(query -> parts.add("query " + query.getName() + " " + expected(query)));
    return parts.isEmpty() ? "*" : String.join(", ", parts);
  }

  private static String what(HeaderMatcher header) {
    return header.getName().startsWith(":")
        ? header.getName().substring(1)
        : "header " + header.getName();
  }

  private static String expected(QueryParameterMatcher query) {
    return query.hasPresentMatch() ? "present" : Texts.text(query.getStringMatch());
  }

  private static String expected(HeaderMatcher header) {
    String text =
        header.getHeaderMatchSpecifierCase() == HeaderMatcher.HeaderMatchSpecifierCase.STRING_MATCH
            ? Texts.text(header.getStringMatch())
            : header.getPresentMatch() ? "present" : "absent";
    return header.getInvertMatch() ? "not " + text : text;
  }

  static boolean met(HeaderMatcher header, Optional<String> got) {
    boolean met;
    if (header.getHeaderMatchSpecifierCase()
        == HeaderMatcher.HeaderMatchSpecifierCase.STRING_MATCH) {
      Optional<String> value =
          got.isEmpty() && header.getTreatMissingHeaderAsEmpty() ? Optional.of("") : got;
      if (value.isEmpty()) {
        return false; // Envoy: a missing header meets no condition on its value, inverted or not
      }
      met = Texts.match(header.getStringMatch(), value.get());
    } else {
      met = got.isPresent() == header.getPresentMatch();
    }
    return met != header.getInvertMatch();
  }

  private static Condition path(RouteMatch match, String path) {
    boolean sensitive = !match.hasCaseSensitive() || match.getCaseSensitive().getValue();
    String mine = sensitive ? path : path.toLowerCase(Locale.ROOT);
    return switch (match.getPathSpecifierCase()) {
      case PATH ->
          new Condition(
              "path", match.getPath(), path, mine.equals(small(match.getPath(), sensitive)));
      case SAFE_REGEX -> {
        String regex = match.getSafeRegex().getRegex();
        yield new Condition(
            "path", "~ " + regex, path, Texts.regex(sensitive ? regex : "(?i)" + regex, path));
      }
      case PATH_SEPARATED_PREFIX -> {
        String prefix = small(match.getPathSeparatedPrefix(), sensitive);
        yield new Condition(
            "path", prefix + "[/*]", path, mine.equals(prefix) || mine.startsWith(prefix + "/"));
      }
      case PREFIX ->
          new Condition(
              "path",
              match.getPrefix() + "*",
              path,
              mine.startsWith(small(match.getPrefix(), sensitive)));
      default -> new Condition("path", match.getPathSpecifierCase().name(), path, false);
    };
  }

  private static String small(String text, boolean sensitive) {
    return sensitive ? text : text.toLowerCase(Locale.ROOT);
  }
}
