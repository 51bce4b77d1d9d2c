package theater.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("app", "user", "cluster", "ctx1", "rank", "7", "empty", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=user | true",
        "app==user,cluster=ctx1 | true",
        "app=user,cluster=ctx2 | false",
        "app!=movie | true",
        "absent!=x | true",
        "app in (movie, user) | true",
        "app in (movie) | false",
        "app notin (movie,booking) | true",
        "absent notin (x) | true",
        "app | true",
        "absent | false",
        "!absent | true",
        "! app | false",
        "empty= | true",
        "rank>6,rank<8 | true",
        "rank>7 | false",
        "app.kubernetes.io/name | false",
      })
  void textForm(String selector, boolean matches) {
    LabelSelector parsed = LabelSelector.parse(selector);
    assertThat(parsed.matches(LABELS)).isEqualTo(matches);
    assertThat(LabelSelector.parse(parsed.toString())).isEqualTo(parsed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app in", "app in (a", "=x", "app=user,", "app ? x", "app=a b", "a=b)"})
  void badTextIsNamed(String selector) {
    assertThatThrownBy(() -> LabelSelector.parse(selector))
        .hasMessageContaining(selector)
        .hasMessageContaining("expected");
  }

  @Test
  void nothingTakesEverything() {
    assertThat(LabelSelector.parse(null).matches(Map.of())).isTrue();
    assertThat(LabelSelector.parse(" ").matches(LABELS)).isTrue();
  }

  @Test
  void objectForm() throws Exception {
    String selector =
        """
        {"matchLabels":{"app":"user"},"matchExpressions":[{"key":"cluster","operator":"In","values":["ctx1"]},
         {"key":"absent","operator":"DoesNotExist"}]}
        """;
    LabelSelector parsed = LabelSelector.of(new ObjectMapper().readTree(selector));
    assertThat(parsed.matches(LABELS)).isTrue();
    assertThat(parsed).hasToString("app=user,cluster=ctx1,!absent");
  }
}
