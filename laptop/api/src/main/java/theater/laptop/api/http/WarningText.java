package theater.laptop.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A text in the form of a `Warning` header. Headers are ASCII; other texts become encoded words
/// (RFC 2047), which kubectl decodes.
final class WarningText {
  private static final int MOST_BYTES = 45;
  private static final int ASCII = 128;

  private WarningText() {}

  /// The whole header's value.
  static String header(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    boolean ascii = line.chars().allMatch(c -> c < ASCII);
    return "299 - \""
        + (ascii ? line.replace("\\", "\\\\").replace("\"", "\\\"") : words(line))
        + "\"";
  }

  /// Space between two encoded words is no part of the text.
  private static String words(String text) {
    StringBuilder words = new StringBuilder();
    StringBuilder part = new StringBuilder();
    for (int point : text.codePoints().toArray()) {
      String next = Character.toString(point);
      if (bytes(part + next).length > MOST_BYTES) {
        word(part, words);
      }
      part.append(next);
    }
    word(part, words);
    return words.toString();
  }

  private static void word(StringBuilder part, StringBuilder to) {
    to.append(to.isEmpty() ? "" : " ")
        .append("=?UTF-8?B?")
        .append(Base64.getEncoder().encodeToString(bytes(part.toString())))
        .append("?=");
    part.setLength(0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
