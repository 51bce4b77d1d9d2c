package theater.gateway.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Istio: StringMatch. An empty one asks only that a value is there.
sealed interface StringMatch {

  /// @param value never null
  boolean matches(String value);

  /// The very value.
  record Exact(String expected, boolean ignoreCase) implements StringMatch {
    @Override
    public boolean matches(String value) {
      return ignoreCase ? expected.equalsIgnoreCase(value) : expected.equals(value);
    }
  }

  /// How a value begins.
  record Prefix(String prefix, boolean ignoreCase) implements StringMatch {
    @Override
    public boolean matches(String value) {
      return value.regionMatches(ignoreCase, 0, prefix, 0, prefix.length());
    }
  }

  /// The whole value, as RE2 means it; Java's dialect is near enough for what a rule asks.
  record Regex(Pattern pattern) implements StringMatch {
    @Override
    public boolean matches(String value) {
      return pattern.matcher(value).matches();
    }
  }

  /// Any value.
  record Present() implements StringMatch {
    @Override
    public boolean matches(String value) {
      return true;
    }
  }

  /// A regex that Java does not read: never met.
  record Never() implements StringMatch {
    @Override
    public boolean matches(String value) {
      return false;
    }
  }

  static StringMatch of(JsonNode node, boolean ignoreCase) {
    if (node.hasNonNull("exact")) {
      return new Exact(node.get("exact").asText(), ignoreCase);
    }
    if (node.hasNonNull("prefix")) {
      return new Prefix(node.get("prefix").asText(), ignoreCase);
    }
    if (node.hasNonNull("regex")) {
      try {
        String regex = node.get("regex").asText();
        return new Regex(
            Pattern.compile(
                ignoreCase ? regex.toLowerCase(Locale.ROOT) : regex,
                ignoreCase ? Pattern.CASE_INSENSITIVE : 0));
      } catch (PatternSyntaxException e) {
        return new Never();
      }
    }
    return new Present();
  }
}
