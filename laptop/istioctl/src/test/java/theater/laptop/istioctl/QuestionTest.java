package theater.laptop.istioctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuestionTest {
  private static final Set<String> KNOWN = Set.of("output", "reset", "port");

  @Test
  void optionsStandAnywhereAndInEveryForm() {
    Question question =
        Question.read(List.of("-o", "json", "cluster", "--port=80", "-r", "pod.ns"), KNOWN);
    assertThat(question.words()).containsExactly("cluster", "pod.ns");
    assertThat(question.option("output", "")).isEqualTo("json");
    assertThat(question.option("port", "")).isEqualTo("80");
    assertThat(question.flag("reset")).isTrue();
  }

  @Test
  void whatIsNotKnownIsRefused() {
    assertThatThrownBy(() -> Question.read(List.of("--colour"), KNOWN))
        .isInstanceOf(Refusal.class)
        .hasMessage("istioctl.option");
    assertThatThrownBy(() -> Question.read(List.of("--port"), KNOWN)).hasMessage("istioctl.value");
  }

  @Test
  void clusterNamesHaveTwoForms() {
    assertThat(ClusterName.of("outbound_.8081_.ctx1_.user-service.x"))
        .isEqualTo(new ClusterName("outbound", 8081, "ctx1", "user-service.x"));
    assertThat(ClusterName.of("xds")).isEqualTo(new ClusterName("", 0, "", "xds"));
  }

  @Test
  void agesAreAsKubernetesWritesThem() {
    assertThat(ProxyStatus.human(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(ProxyStatus.human(Duration.ofSeconds(192))).isEqualTo("3m12s");
    assertThat(ProxyStatus.human(Duration.ofMinutes(25))).isEqualTo("25m");
    assertThat(ProxyStatus.human(Duration.ofMinutes(200))).isEqualTo("3h20m");
    assertThat(ProxyStatus.human(Duration.ofHours(80))).isEqualTo("3d");
  }
}
