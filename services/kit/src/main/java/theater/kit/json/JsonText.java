package theater.kit.json;

import java.util.Collection;
import java.util.Map;

/// Writes maps, collections, strings, numbers and booleans as JSON (RFC 8259).
public final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonText() {}

  /// The JSON text of a value.
  public static String of(Object value) {
    var text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  /// Appends a value; anything that is not a JSON type is written as its string.
  public static void write(Object value, StringBuilder text) {
    switch (value) {
      case null -> text.append("null");
      case Number number -> text.append(number);
      case Boolean bool -> text.append(bool);
      case Map<?, ?> map -> {
        char separator = '{';
        for (var entry : map.entrySet()) {
          quote(entry.getKey().toString(), text.append(separator));
          write(entry.getValue(), text.append(':'));
          separator = ',';
        }
        text.append(separator == '{' ? "{}" : "}");
      }
      case Collection<?> items -> {
        char separator = '[';
        for (Object item : items) {
          write(item, text.append(separator));
          separator = ',';
        }
        text.append(separator == '[' ? "[]" : "]");
      }
      default -> quote(value.toString(), text);
    }
  }

  /// Appends a JSON string with its quotes. A lone surrogate, which UTF-8 can not carry, is
  /// escaped.
  public static void quote(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c == '\n') {
        text.append("\\n");
      } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c) && !paired(value, i)) {
        text.append("\\u")
            .append(HEX[c >> 12])
            .append(HEX[c >> 8 & 15])
            .append(HEX[c >> 4 & 15])
            .append(HEX[c & 15]);
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  private static boolean paired(String value, int i) {
    return Character.isHighSurrogate(value.charAt(i))
        ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
  }
}
