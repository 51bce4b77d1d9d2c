package theater.house;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Words of the documents that look like something of ours and are not; each line of
/// `exceptions.txt` is a word, then why.
///
/// @param words without their reasons
record Exceptions(Set<String> words) {

  static Exceptions read() {
    try (InputStream in = Exceptions.class.getResourceAsStream("/exceptions.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return new Exceptions(
          text.lines()
              .filter(line -> !line.isBlank())
              .map(Exceptions::word)
              .collect(Collectors.toSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String word(String line) {
    String[] parts = line.split(" +", 2);
    if (parts.length < 2) {
      throw new IllegalStateException("exceptions.txt: \"" + line + "\" has no reason");
    }
    return parts[0];
  }

  boolean contains(String word) {
    return words.contains(word);
  }
}
