package theater.mesh.explain.diff;

/// A text for a line.
final class Shortened {
  private static final int LONGEST = 120;

  private Shortened() {}

  /// Without line breaks; a long one is cut, and told apart by a number made of all of it.
  static String of(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST
        ? line
        : line.substring(0, LONGEST) + "… #" + Integer.toHexString(line.hashCode());
  }
}
