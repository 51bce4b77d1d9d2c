package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Calls.Answer;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// `./theater fault`: sick pods by name or number, healed before their time by `--clear`.
@ExtendWith(RunningTheater.class)
class FaultCommandTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Theater theater;

  FaultCommandTest(Theater theater) {
    this.theater = theater;
  }

  @Test
  void clearHealsTheServiceOfOneContextOnly() {
    theater.practice("01-initial");
    String one = theater.ctx1().pod("movie-service");
    try (Calls calls = theater.calls()) {
      fault("ctx2", "--status", "503", "--for", "5m").ok();
      assertThat(fault("ctx1", "--pod", one, "--status", "500", "--for", "5m").ok().out())
          .contains("\"pod\":\"" + one + "\"");
      Await.until("both are sick", SOON, () -> sick(calls, "ctx1") > 0 && sick(calls, "ctx2") > 0);

      assertThat(fault("ctx2", "--clear").ok().out()).contains("\"context\":\"ctx2\"");
      Await.until("ctx2 is well", SOON, () -> sick(calls, "ctx2") == 0);
      assertThat(sick(calls, "ctx1")).as("the pod of ctx1 is still sick").isPositive();

      assertThat(fault("ctx1", "--pod", one, "--clear").ok().out()).contains(one);
      Await.until("ctx1 is well", SOON, () -> sick(calls, "ctx1") == 0);
      assertThat(fault("ctx1", "--clear").ok().out()).contains("\"removed\":[]");
    } finally {
      fault("ctx1", "--clear");
      fault("ctx2", "--clear");
    }
  }

  @Test
  void nonsenseIsRefusedAndNamed() {
    Shell.Outcome service =
        theater.theater("fault", "popcorn-service", "--context", "ctx1", "--status", "500");
    assertThat(service.exit()).isEqualTo(1);
    assertThat(service.err()).contains("popcorn-service");
    Shell.Outcome context = fault("ctx9", "--status", "500");
    assertThat(context.exit()).isEqualTo(1);
    assertThat(context.err()).contains("ctx9");
  }

  private Shell.Outcome fault(String context, String... words) {
    String[] all = new String[words.length + 4];
    all[0] = "fault";
    all[1] = "movie-service";
    all[2] = "--context";
    all[3] = context;
    System.arraycopy(words, 0, all, 4, words.length);
    return theater.theater(all);
  }

  private static int sick(Calls calls, String context) {
    return calls.count(
        80, "/movies/", (Answer a) -> a.status() >= 500 && a.context().equals(context));
  }
}
