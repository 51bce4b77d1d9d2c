package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// `practice/fault-injection-demo.sh`: the breaker that it shows, its help, and what it refuses.
@ExtendWith(RunningTheater.class)
class DemoScriptWordsTest {
  private static final Pattern SICK = Pattern.compile("== pod (\\S+) answers 500");

  private final Theater theater;
  private final DemoScript demo;

  DemoScriptWordsTest(Theater theater) {
    this.theater = theater;
    this.demo = new DemoScript(theater);
  }

  @Test
  void circuitEjectsTheSickPodAndRecoverBringsItBack() {
    demo.run("reset").ok();
    Shell.Outcome circuit = demo.run("circuit").ok();
    assertThat(circuit.out()).contains("The breaker tripped");
    Matcher line = SICK.matcher(circuit.out());
    assertThat(line.find()).as(circuit.out()).isTrue();
    String sick = line.group(1);
    assertThat(theater.ctx1().ready(sick)).as("Kubernetes sees nothing").isTrue();

    assertThat(demo.run("recover").ok().out()).contains(sick);
    try (Calls calls = theater.calls()) {
      Await.until(
          "the pod answers again",
          Duration.ofSeconds(90),
          () ->
              calls.many(60, 6, "/users/").stream()
                  .anyMatch(a -> a.status() == 200 && a.pod().equals(sick)));
      assertThat(calls.count(100, "/users/", a -> a.status() == 200)).isEqualTo(100);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "explode",
        "--nonsense",
        "reset twice",
        "rollback chaos",
        "--context ctx3 reset"
      })
  void whatItDoesNotKnowIsRefusedWithItsUsage(String words) {
    String before = theater.ctx1().kubectl("get", "vs,dr", "-o", "jsonpath={.items[*].metadata}");
    Shell.Outcome refused = demo.run(words.isEmpty() ? new String[0] : words.split(" "));
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.out() + refused.err()).contains("Usage: practice/fault-injection-demo.sh");
    assertThat(theater.ctx1().kubectl("get", "vs,dr", "-o", "jsonpath={.items[*].metadata}"))
        .isEqualTo(before);
  }

  @Test
  void helpNamesEveryWord() {
    assertThat(demo.run("--help").ok().out())
        .contains(
            "reset",
            "setup",
            "delay",
            "error",
            "block",
            "chaos",
            "circuit",
            "status",
            "test",
            "recover",
            "rollback",
            "--context");
  }

  @Test
  void circuitSaysWhereItCounts() {
    Shell.Outcome refused = demo.run("--context", "ctx2", "circuit");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("circuit counts at ctx1's gateway");
  }

  @Test
  void aFrontDoorThatIsShutIsNotCountedAsAnswers() {
    Shell.Outcome shut =
        theater.script("env", "DOMAIN=localhost:1", "practice/fault-injection-demo.sh", "test");
    assertThat(shut.exit()).isEqualTo(1);
    assertThat(shut.out()).isEmpty();
    assertThat(shut.err()).contains("Nothing answers at http://theater.localhost:1.");
    assertThat(List.of(demo.run("test").ok().out().split("\n"))).hasSize(3);
  }
}
