package theater.mesh.explain.walk;

import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Envoy's StringMatcher: whether it takes a value, and how to write it.
final class Texts {
  private Texts() {}

  static boolean match(StringMatcher matcher, String value) {
    boolean small = matcher.getIgnoreCase();
    return switch (matcher.getMatchPatternCase()) {
      case EXACT ->
          small ? value.equalsIgnoreCase(matcher.getExact()) : value.equals(matcher.getExact());
      case PREFIX -> lower(value, small).startsWith(lower(matcher.getPrefix(), small));
      case SUFFIX -> lower(value, small).endsWith(lower(matcher.getSuffix(), small));
      case CONTAINS -> lower(value, small).contains(lower(matcher.getContains(), small));
      case SAFE_REGEX -> regex(matcher.getSafeRegex().getRegex(), value);
      default -> false;
    };
  }

  private static String lower(String text, boolean small) {
    return small ? text.toLowerCase(Locale.ROOT) : text;
  }

  /// The whole value, as Envoy's regular expressions must.
  static boolean regex(String expression, String value) {
    try {
      return Pattern.compile(expression).matcher(value).matches();
    } catch (PatternSyntaxException e) {
      throw new QuestionException(
          "the expression \"" + expression + "\" cannot be tried here: " + e.getDescription());
    }
  }

  static String text(StringMatcher matcher) {
    return switch (matcher.getMatchPatternCase()) {
      case EXACT -> "= " + matcher.getExact();
      case PREFIX -> "= " + matcher.getPrefix() + "*";
      case SUFFIX -> "= *" + matcher.getSuffix();
      case CONTAINS -> "= *" + matcher.getContains() + "*";
      case SAFE_REGEX -> "~ " + matcher.getSafeRegex().getRegex();
      default -> "?";
    };
  }
}
