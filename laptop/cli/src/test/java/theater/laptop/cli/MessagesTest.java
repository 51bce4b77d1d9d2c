package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {

  @Test
  void bothLanguagesHaveTheSameKeysAndPlaces() throws IOException {
    Properties english = read("messages.properties");
    Properties korean = read("messages_ko.properties");
    assertThat(korean.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(places(korean.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
    }
  }

  @Test
  void argumentsAreTextWhateverTheyAre() {
    assertThat(Messages.in(Locale.ENGLISH).text("down.done", 12345)).contains("12345");
    assertThat(Messages.in(Locale.KOREAN).text("down.nothing")).contains("없습니다");
    assertThat(Messages.in(Locale.ENGLISH).text("up.key", "{1}"))
        .contains("Instructor's key", "{1}");
  }

  private static TreeSet<String> places(String text) {
    TreeSet<String> places = new TreeSet<>();
    Pattern.compile("\\{\\d\\}").matcher(text).results().forEach(m -> places.add(m.group()));
    return places;
  }

  private static Properties read(String name) throws IOException {
    Properties properties = new Properties();
    try (var in =
        new InputStreamReader(
            MessagesTest.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
      properties.load(in);
    }
    return properties;
  }
}
