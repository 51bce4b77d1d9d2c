package theater.laptop.api.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The rules for names of container ports (RFC 6335: service names), with the real server's words.
final class PortNames {
  private static final int LONGEST = 15;
  private static final Pattern CHARACTERS = Pattern.compile("[-a-z0-9]+");
  private static final Pattern LETTER = Pattern.compile("[a-z]");

  private PortNames() {}

  /// All that is wrong with it.
  static List<String> check(String name) {
    List<String> wrong = new ArrayList<>();
    if (name.length() > LONGEST) {
      wrong.add("must be no more than " + LONGEST + " bytes");
    }
    if (!CHARACTERS.matcher(name).matches()) {
      wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (!LETTER.matcher(name).find()) {
      wrong.add("must contain at least one letter (a-z)");
    }
    if (name.contains("--")) {
      wrong.add("must not contain consecutive hyphens");
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      wrong.add("must not begin or end with a hyphen");
    }
    return wrong;
  }
}
