package theater.mesh.translation.spec;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Whether Envoy would take a regular expression. It speaks RE2, which has neither looking around
/// nor back references nor possessive quantifiers; one bad expression makes Envoy refuse a whole
/// route configuration.
public final class Re2 {
  private static final Pattern UNSUPPORTED =
      Pattern.compile("(?<!\\\\)(\\(\\?(?:=|!|<=|<!|>)|\\\\[1-9]|\\\\k<|[*+?}]\\+)");

  private Re2() {}

  /// An expression for exactly this text.
  public static String quote(String text) {
    return text.replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0");
  }

  /// What is wrong with it, in RE2's words where they are known.
  public static Optional<String> problem(String expression) {
    Matcher unsupported = UNSUPPORTED.matcher(expression);
    if (unsupported.find()) {
      String what =
          unsupported.group().startsWith("(")
              ? "invalid or unsupported Perl syntax"
              : unsupported.group().startsWith("\\")
                  ? "invalid escape sequence"
                  : "invalid nested repetition operator";
      return Optional.of(what + ": `" + unsupported.group() + "`");
    }
    try {
      Pattern.compile(expression);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          (e.getDescription().startsWith("Unclosed group")
                  ? "missing closing )"
                  : e.getDescription())
              + ": `"
              + expression
              + "`");
    }
  }
}
