package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InkTest {

  /// A Korean letter takes two columns: by letters, a line would wrap.
  @Test
  void aLineIsCutByItsColumns() {
    assertThat(Ink.cut("파드 19개", 9)).isEqualTo("파드 19개");
    assertThat(Ink.cut("파드 19개", 8)).isEqualTo("파드 19");
    assertThat(Ink.cut("pods 19", 4)).isEqualTo("pods");
    assertThat(Ink.width(Ink.cut("기다리는 것: ctx1/api-gateway".repeat(5), 79)))
        .isLessThanOrEqualTo(79);
  }
}
