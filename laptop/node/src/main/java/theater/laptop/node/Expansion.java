package theater.laptop.node;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `$(NAME)` in commands, arguments and values (Kubernetes: Container.args). `$$(NAME)` stays as
/// `$(NAME)`, an unknown name as it is.
final class Expansion {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]*)\\)");

  private Expansion() {}

  static String expand(String text, Map<String, String> values) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> {
          if (match.group().equals("$$")) {
            return Matcher.quoteReplacement("$");
          }
          String value = values.get(match.group(1));
          return Matcher.quoteReplacement(value == null ? match.group() : value);
        });
  }
}
