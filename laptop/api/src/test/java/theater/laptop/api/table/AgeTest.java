package theater.laptop.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {
  @ParameterizedTest
  @CsvSource({
    "-1,0s",
    "-5,<invalid>",
    "0,0s",
    "119,119s",
    "120,2m",
    "125,2m5s",
    "600,10m",
    "10799,179m",
    "10800,3h",
    "12060,3h21m",
    "100000,27h",
    "180000,2d2h",
    "777600,9d"
  })
  void isWrittenAsKubectlDoes(long seconds, String text) {
    assertThat(Age.of(Duration.ofSeconds(seconds))).isEqualTo(text);
  }
}
