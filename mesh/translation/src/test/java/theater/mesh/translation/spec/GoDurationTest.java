package theater.mesh.translation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GoDurationTest {
  @Test
  void readsWhatGoReads() {
    assertThat(GoDuration.parse("1h2m3.5s")).contains(Duration.ofMillis(3_723_500));
    assertThat(GoDuration.parse("250ms")).contains(Duration.ofMillis(250));
    assertThat(GoDuration.parse("-3s")).contains(Duration.ofSeconds(-3));
    assertThat(GoDuration.parse("0")).contains(Duration.ZERO);
  }

  @Test
  void refusesWhatGoRefuses() {
    for (String text : new String[] {"", "3", "3sec", "ten", "3s x", "s"}) {
      assertThat(GoDuration.parse(text)).as(text).isEmpty();
    }
  }
}
