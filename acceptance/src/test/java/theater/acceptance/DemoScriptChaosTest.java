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
import theater.visitor.Theater;

/// Practice 99 by its word `chaos`: all faults at once, told by `status`, taken back one by one.
@ExtendWith(RunningTheater.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoScriptChaosTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Theater theater;
  private final DemoScript demo;

  DemoScriptChaosTest(Theater theater) {
    this.theater = theater;
    this.demo = new DemoScript(theater);
  }

  @AfterAll
  void backToTheStart() {
    theater.practice("01-initial");
  }

  @Test
  void allFaultsActAtOnceAndAreTakenBackOneByOne() {
    demo.run("chaos").ok();
    try (Calls calls = theater.calls()) {
      Await.until("the abort", SOON, () -> calls.get("/users/").status() == 500);
      Share.assertWithin99(
          "aborted user calls", 0.3, 300, n -> calls.count(n, "/users/", Injected::aborted));
      Share.assertWithin99(
          "aborted with x-circuit-test",
          0.9,
          200,
          n -> calls.count(n, "/users/", Injected::aborted, "x-circuit-test", "true"));
      Share.assertWithin99(
          "delayed movie calls", 0.3, 150, n -> Injected.slowOf(calls.many(n, 50, "/movies/")));
      onlyCtx1(calls.many(60, 6, "/bookings/"));
      onlyCtx1(calls.many(20, 4, "/bookings/", "x-canary", "true"));
      assertThat(calls.many(40, 4, "/users/", "x-canary", "true"))
          .as("the canary of users meets no fault")
          .allMatch(a -> a.status() == 200 && a.context().equals("ctx2"));
      try (Bookings bookings = new Bookings(calls)) {
        // The booking's own Envoy aborts 30 % of calls for the user and delays 30 % of those for
        // the movie beyond the time that booking waits: 1 - 0.7 * 0.7.
        Share.assertWithin99(
            "refused bookings",
            0.51,
            80,
            n -> (int) bookings.make(n).stream().filter(a -> a.status() != 201).count());
      }

      assertThat(demo.run("status").ok().out())
          .contains("== ctx1", "== ctx2")
          .contains("user-service-vs      70,30     <none>   90,30")
          .contains("movie-service-vs     30,70     70,30    <none>")
          .contains("booking-service-vs   100       <none>   <none>");

      demo.run("rollback", "delay").ok();
      Await.until(
          "no delay",
          SOON,
          () -> calls.many(40, 40, "/movies/").stream().noneMatch(Injected::slow));
      assertThat(calls.count(40, "/users/", Injected::aborted))
          .as("users still abort")
          .isPositive();
      demo.run("rollback", "error").ok();
      Await.until("no abort", SOON, () -> calls.count(40, "/users/", a -> a.status() == 200) == 40);
      onlyCtx1(calls.many(40, 6, "/bookings/"));
      demo.run("rollback", "block").ok();
      Await.until(
          "bookings on ctx2",
          SOON,
          () -> calls.count(40, "/bookings/", a -> a.context().equals("ctx2")) > 0);

      demo.run("chaos").ok();
      Await.until("the abort", SOON, () -> calls.get("/users/").status() == 500);
      demo.run("rollback").ok();
      Await.until(
          "the start",
          SOON,
          () ->
              calls.count(40, "/users/", a -> a.status() == 200) == 40
                  && calls.count(40, "/bookings/", a -> a.context().equals("ctx2")) > 0);
    }
  }

  private static void onlyCtx1(List<Answer> answers) {
    assertThat(answers)
        .as("bookings")
        .allMatch(a -> a.status() == 200 && a.context().equals("ctx1"));
  }
}
