package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Calls.Answer;
import theater.visitor.Context;
import theater.visitor.Theater;

/// The words of `practice/fault-injection-demo.sh` that change rules: what callers meet afterwards.
@ExtendWith(RunningTheater.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoScriptTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Theater theater;
  private final DemoScript demo;

  DemoScriptTest(Theater theater) {
    this.theater = theater;
    this.demo = new DemoScript(theater);
  }

  @AfterAll
  void backToTheStart() {
    theater.practice("01-initial");
  }

  @Test
  void delayHoldsMoviesAndResetEndsIt() {
    demo.run("delay").ok();
    try (Calls calls = theater.calls()) {
      Await.until("the delay", SOON, () -> anySlow(calls));
      Share.assertWithin99(
          "delayed movie calls", 0.3, 150, n -> Injected.slowOf(calls.many(n, 50, "/movies/")));
      assertThat(Injected.slowOf(calls.many(40, 10, "/users/"))).as("delayed user calls").isZero();
      demo.run("reset").ok();
      Await.until("no delay", SOON, () -> !anySlow(calls));
    }
  }

  @Test
  void setupAddsBreakersInBothContextsAndNothingElse() {
    demo.run("setup").ok();
    for (Context context : List.of(theater.ctx1(), theater.ctx2())) {
      assertThat(
              context.kubectl(
                  "get",
                  "dr",
                  "-o",
                  "jsonpath={.items[*].spec.trafficPolicy.outlierDetection.consecutive5xxErrors}"))
          .as(context.name())
          .isEqualTo("4 2 2");
    }
    try (Calls calls = theater.calls()) {
      assertThat(calls.many(60, 6, "/users/")).extracting(Answer::status).containsOnly(200);
    }
  }

  @Test
  void errorAbortsUsersAndRecoverEndsItAndHealsPods() {
    demo.run("error").ok();
    try (Calls calls = theater.calls()) {
      Await.until(
          "the abort",
          SOON,
          () -> calls.many(20, 4, "/users/").stream().anyMatch(Injected::aborted));
      Share.assertWithin99(
          "aborted user calls", 0.3, 400, n -> calls.count(n, "/users/", Injected::aborted));
      theater
          .theater("fault", "movie-service", "--context", "ctx2", "--status", "503", "--for", "5m")
          .ok();
      Await.until("sick pods", SOON, () -> calls.count(20, "/movies/", DemoScriptTest::sick) > 0);

      assertThat(demo.run("recover").ok().out()).contains("\"service\":\"movie-service\"");
      Await.until(
          "no sick pod, no abort",
          SOON,
          () ->
              calls.count(60, "/movies/", a -> a.status() == 200) == 60
                  && calls.count(60, "/users/", a -> a.status() == 200) == 60);
    }
  }

  @Test
  void blockKeepsBookingsOnCtx1AndTheTestWordCountsIt() {
    demo.run("block").ok();
    try (Calls calls = theater.calls()) {
      Await.until(
          "the block",
          SOON,
          () -> calls.count(30, "/bookings/", a -> a.context().equals("ctx2")) == 0);
    }
    List<String> lines = demo.run("test").ok().out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("user-service ").contains("200: 20/20");
    assertThat(lines.get(1)).startsWith("movie-service ").contains("200: 20/20");
    assertThat(lines.get(2))
        .startsWith("booking-service ")
        .contains("200: 20/20  ctx1: 20  ctx2: 0  Envoy: 0");
  }

  @Test
  void contextLimitsTheRulesToCallersThere() {
    demo.run("reset").ok();
    demo.run("--context", "ctx2", "delay").ok();
    assertThat(demo.run("--context", "ctx2", "status").ok().out())
        .contains("== ctx2", "movie-service-vs     30,70     70,30")
        .doesNotContain("== ctx1");
    assertThat(demo.run("--context", "ctx1", "status").ok().out())
        .contains("== ctx1", "movie-service-vs     30,70     <none>")
        .doesNotContain("== ctx2");
    try (Calls calls = theater.calls();
        Bookings bookings = new Bookings(calls)) {
      Await.until(
          "bookings by ctx2 ask for a movie in vain, those by ctx1 never",
          Duration.ofSeconds(60),
          () -> {
            List<Answer> answers = bookings.make(40);
            assertThat(answers)
                .filteredOn(a -> a.context().equals("ctx1"))
                .extracting(Answer::status)
                .containsOnly(201);
            return answers.stream()
                .anyMatch(
                    a -> a.context().equals("ctx2") && (a.status() != 201 || Injected.slow(a)));
          });
      assertThat(Injected.slowOf(calls.many(60, 20, "/movies/")))
          .as("delayed calls of the gateway, a caller in ctx1")
          .isZero();
    }
  }

  private static boolean anySlow(Calls calls) {
    return calls.many(40, 40, "/movies/").stream().anyMatch(Injected::slow);
  }

  private static boolean sick(Answer answer) {
    return answer.status() == 503 && answer.context().equals("ctx2");
  }
}
