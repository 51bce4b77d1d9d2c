package theater.mesh.translation.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdvicePagesTest {

  @Test
  void everyCodeHasAPageAndEveryPageACode() throws IOException {
    List<String> codes = new ArrayList<>(Advisor.codes());
    codes.addAll(List.of(Unmodelled.FIELD, Unmodelled.KIND));
    assertThat(codes).doesNotHaveDuplicates();
    assertThat(AdvicePage.all().stream().map(AdvicePage::code))
        .containsExactlyInAnyOrderElementsOf(codes);
    String index = Files.readString(AdvicePage.folder().resolve("README.md"));
    assertThat(codes).allMatch(code -> index.contains("](" + code + ".md)"));
  }

  @Test
  void everyPageSpeaksBothLanguages() {
    assertThat(AdvicePage.all())
        .allSatisfy(page ->
            assertThat(page.text())
                .startsWith("# " + page.code() + ": ")
                .contains("## English\n")
                .contains("## 한국어\n"));
  }

  static Stream<AdvicePage> examples() {
    return AdvicePage.all().stream().filter(AdvicePage::hasExample);
  }

  @Test
  void everyAdviceHasAnExample() {
    assertThat(examples().map(AdvicePage::code))
        .containsExactlyInAnyOrderElementsOf(Advisor.codes());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theAdviceIsGivenOnItsExample(AdvicePage page) {
    List<Advised> advised = page.advised();
    assertThat(advised.stream().map(Advised::code)).contains(page.code());
    Advised one =
        advised.stream().filter(each -> each.code().equals(page.code())).findFirst().orElseThrow();
    assertThat(one.field()).startsWith("spec");
    assertThat(one.line(Locale.KOREAN))
        .startsWith("theater/" + page.code() + ": ")
        .endsWith("(docs/warnings/" + page.code() + ".md)")
        .containsPattern("[가-힣]")
        .doesNotContain("\n");
    assertThat(one.line(Locale.ENGLISH)).doesNotContainPattern("[가-힣]");
  }
}
