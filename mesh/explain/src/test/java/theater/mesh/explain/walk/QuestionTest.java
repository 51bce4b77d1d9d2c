package theater.mesh.explain.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET | shop | URL is "shop": it has no host; expected http://HOST[:PORT]/PATH
          GET | http:// | URL is "http://": Expected authority; expected http://HOST[:PORT]/PATH
          GET | https://shop/ | URL is "https://shop/": programs of the mesh speak plain HTTP to their sidecars, and those add mTLS; expected http://HOST[:PORT]/PATH
          GET | http://shop:70000/ | URL is "http://shop:70000/": port 70000 is not in 1 to 65535; expected http://HOST[:PORT]/PATH
          G T | http://shop/ | method is "G T"; expected one such as GET or POST
          """)
  void badInputIsNamedWithWhatWasExpected(String method, String url, String message) {
    assertThatThrownBy(() -> Question.parse(method, url, List.of()))
        .isInstanceOf(QuestionException.class)
        .hasMessage(message);
  }

  @Test
  void headerWithoutColonIsNamed() {
    assertThatThrownBy(() -> Question.parse("GET", "http://shop/", List.of("x-canary")))
        .hasMessage("header is \"x-canary\"; expected NAME: VALUE");
  }

  @Test
  void hostHeaderReplacesTheAuthority() {
    Question question = Question.parse("get", "http://shop:8081/a?b=c", List.of("Host: other"));
    assertThat(question.authority()).isEqualTo("other");
    assertThat(question.host()).isEqualTo("shop");
    assertThat(question.method()).isEqualTo("GET");
    assertThat(question.plainPath()).isEqualTo("/a");
    assertThat(question.parameter("b")).contains("c");
  }

  @ParameterizedTest
  @CsvSource({"/a/../b,/b", "/a/./b?x=..,/a/b?x=..", "/%61/b%2Fc,/a/b%2Fc", "/..,/", "/a//b,/a//b"})
  void pathsAreMadeRegular(String written, String normal) {
    assertThat(Paths.normal(written)).isEqualTo(normal);
  }
}
