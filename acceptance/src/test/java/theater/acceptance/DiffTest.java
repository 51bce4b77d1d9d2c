package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// `diff` tells what Envoys took, and both commands tell what is wrong with a question.
@ExtendWith(RunningTheater.class)
class DiffTest {
  private final Theater theater;

  DiffTest(Theater theater) {
    this.theater = theater;
  }

  @AfterEach
  void backToTheStart() {
    theater.practice("01-initial");
  }

  @Test
  void diffTellsTheWeightsAndWhenEachEnvoyTookThem() {
    new Explained(theater)
        .rules(
            """
            - match: [{headers: {x-canary: {exact: "true"}}}]
              route: [{destination: {host: user-service, subset: ctx2}}]
            - route:
              - {destination: {host: user-service, subset: ctx1}, weight: 90}
              - {destination: {host: user-service, subset: ctx2}, weight: 10}
            """);
    String text = theater.theater("diff", "--context", "ctx1").ok().out();
    assertThat(text)
        .contains("VirtualService theater-msa/user-service-vs (ctx1) changed")
        .contains("weight ctx1 70 % → 90 %", "weight ctx2 30 % → 10 %")
        .containsPattern("api-gateway-\\S+ +taken \\d+\\.\\d ms after the write");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          explain GET user-service | URL is "user-service"
          explain GET http://user-service:8081/ --from nobody | no Envoy of "nobody" is connected in ctx1; expected one of
          explain GET http://user-service:8081/ --context ctx9 | There is no context "ctx9"; expected one of ctx1, ctx2.
          explain GET http://user-service:8081/ -H x-canary | header is "x-canary"; expected NAME: VALUE
          diff --last 0 | last is "0"; expected 1 to 100
          """)
  void badInputIsOneSentence(String command, String sentence) {
    Shell.Outcome outcome = theater.theater(command.strip().split(" "));
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).contains(sentence.strip()).doesNotContain("\tat ");
  }
}
