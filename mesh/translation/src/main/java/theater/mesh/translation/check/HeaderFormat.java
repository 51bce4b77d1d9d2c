package theater.mesh.translation.check;

/// The form of a header's value that holds Envoy's `%VARIABLES%`: `%NAME%`, `%NAME(text)%`,
/// `%NAME(["a", "b"])%`, and `%%` for a percent sign.
final class HeaderFormat {
  private static final String INVALID = "invalid header configuration. ";
  private final String text;
  private int at;

  private HeaderFormat(String text) {
    this.text = text;
  }

  /// What is wrong with it; empty when nothing is.
  static String problem(String text) {
    return new HeaderFormat(text).read();
  }

  private String read() {
    while (at < text.length()) {
      if (text.charAt(at++) != '%') {
        continue;
      }
      if (at == text.length()) {
        return INVALID + "Un-escaped %";
      }
      if (text.charAt(at) == '%') {
        at++;
        continue;
      }
      String wrong = variable();
      if (!wrong.isEmpty()) {
        return wrong;
      }
    }
    return "";
  }

  private String variable() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '%') {
        return "";
      }
      if (c == '(') {
        return arguments();
      }
    }
    return unterminated();
  }

  private String arguments() {
    spaces();
    String wrong = at < text.length() && text.charAt(at) == '[' ? array() : plain();
    if (!wrong.isEmpty()) {
      return wrong;
    }
    spaces();
    if (at == text.length()) {
      return unterminated();
    }
    return text.charAt(at++) == '%' ? "" : INVALID + "Expecting '%' or whitespace after";
  }

  /// A text up to the closing bracket.
  private String plain() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\') {
        if (at == text.length()) {
          return INVALID + "Un-terminated backslash in JSON string";
        }
        at++;
      } else if (c == ')') {
        return "";
      }
    }
    return unterminated();
  }

  private String array() {
    do {
      at++;
      spaces();
      if (at == text.length()) {
        return unterminated();
      }
      if (text.charAt(at++) != '"') {
        return INVALID + "Expecting '\"'";
      }
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      at++;
      spaces();
      if (at >= text.length()) {
        return unterminated();
      }
    } while (text.charAt(at) == ',');
    if (text.charAt(at++) != ']') {
      return INVALID + "Expecting ',', ']', or whitespace";
    }
    spaces();
    if (at == text.length()) {
      return unterminated();
    }
    return text.charAt(at++) == ')' ? "" : INVALID + "Expecting ')' or whitespace";
  }

  private void spaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private String unterminated() {
    return INVALID + "Un-terminated variable expression '" + text + "'";
  }
}
