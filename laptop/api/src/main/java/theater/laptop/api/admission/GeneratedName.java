package theater.laptop.api.admission;

import java.security.SecureRandom;

/// The name for `metadata.generateName`: the prefix, cut to 58 characters, and five letters or
/// digits that make no words.
public final class GeneratedName {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private GeneratedName() {}

  public static String of(String prefix) {
    StringBuilder text = new StringBuilder(prefix.substring(0, Math.min(58, prefix.length())));
    for (int i = 0; i < 5; i++) {
      text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
