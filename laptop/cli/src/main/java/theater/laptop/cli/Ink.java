package theater.laptop.cli;

/// Colour on a terminal, none elsewhere, and columns that count Hangul as two.
record Ink(boolean colour) {

  /// As the standard output is. `NO_COLOR` is respected.
  static Ink ofOutput() {
    return new Ink(
        System.console() != null
            && System.console().isTerminal()
            && System.getenv().getOrDefault("NO_COLOR", "").isEmpty());
  }

  String good(String text) {
    return paint("32", text);
  }

  String bad(String text) {
    return paint("31", text);
  }

  String faint(String text) {
    return paint("2", text);
  }

  String strong(String text) {
    return paint("1", text);
  }

  /// Struck out on a terminal; the words beside it say the same.
  String struck(String text) {
    return paint("9", text);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /// A text with spaces up to a width.
  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - width(text)));
  }

  /// As much of a text as fits into a width.
  static String cut(String text, int width) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int letter = text.codePointAt(end);
      used += wide(letter) ? 2 : 1;
      if (used > width) {
        break;
      }
      end += Character.charCount(letter);
    }
    return text.substring(0, end);
  }

  static int width(String text) {
    return text.codePoints().map(letter -> wide(letter) ? 2 : 1).sum();
  }

  private static boolean wide(int letter) {
    return letter >= 0x1100 && letter <= 0x115F
        || letter >= 0x2E80 && letter <= 0xA4CF
        || letter >= 0xAC00 && letter <= 0xD7A3
        || letter >= 0xF900 && letter <= 0xFAFF
        || letter >= 0xFF00 && letter <= 0xFF60;
  }
}
