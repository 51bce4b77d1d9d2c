package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Path USER = Path.of(System.getProperty("user.home"));

  @Test
  void defaults() {
    Settings settings = Settings.read(Map.of(), "/checkout", "/checkout/target/builds/1");
    assertThat(settings.home().root()).isEqualTo(USER.resolve(".theater"));
    assertThat(settings.domain()).isEqualTo("localhost:8880");
    assertThat(settings.engines()).isEqualTo(USER.resolve(".cache/theater/engines"));
    assertThat(settings.language()).isEqualTo(Locale.ENGLISH);
  }

  @Test
  void everyVariableIsRead() {
    Settings settings =
        Settings.read(
            Map.of(
                "THEATER_HOME", "/h",
                "THEATER_INSTANCE", "3",
                "THEATER_ENGINES", "/e",
                "THEATER_LANG", "ko",
                "LANG", "en_US.UTF-8"),
            "/checkout",
            "/b");
    assertThat(settings.home().root()).isEqualTo(Path.of("/h"));
    assertThat(settings.domain()).isEqualTo("localhost:8910");
    assertThat(settings.engines()).isEqualTo(Path.of("/e"));
    assertThat(settings.language()).isEqualTo(Locale.KOREAN);
    assertThat(Settings.read(Map.of("XDG_CACHE_HOME", "/c"), "/x", "/b").engines())
        .isEqualTo(Path.of("/c/theater/engines"));
    assertThat(Settings.read(Map.of("LANG", "ko_KR.UTF-8"), "/x", "/b").language())
        .isEqualTo(Locale.KOREAN);
  }

  @Test
  void nonsenseIsNamed() {
    assertThatThrownBy(() -> Settings.read(Map.of("THEATER_INSTANCE", "many"), "/x", "/b"))
        .hasMessageContaining("many");
    assertThatThrownBy(() -> Settings.read(Map.of("THEATER_INSTANCE", "25"), "/x", "/b"))
        .hasMessageContaining("25");
  }
}
