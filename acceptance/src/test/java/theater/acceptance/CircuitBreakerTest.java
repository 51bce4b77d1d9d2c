package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Calls.Answer;
import theater.visitor.Theater;

/// Practice 02: a sick pod is ejected after two real 500s and comes back after its time.
@ExtendWith(RunningTheater.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CircuitBreakerTest {
  private final Theater theater;

  CircuitBreakerTest(Theater theater) {
    this.theater = theater;
  }

  @AfterAll
  void heal() {
    theater.theater("fault", "user-service", "--context", "ctx1", "--clear");
    theater.practice("01-initial");
  }

  @Test
  void sickPodIsEjectedAfterTwoErrorsAndComesBack() {
    theater.practice("02-circuit-breaker");
    String sick = theater.ctx1().pod("user-service");
    try (Calls calls = theater.calls()) {
      Await.until(
          "both pods of ctx1 answer",
          Duration.ofSeconds(20),
          () -> podsThatAnswer(calls).contains(sick));
      theater
          .theater(
              "fault",
              "user-service",
              "--context",
              "ctx1",
              "--pod",
              sick,
              "--status",
              "500",
              "--for",
              "25s")
          .ok();
      int errors = 0;
      boolean quiet = false;
      // Two errors eject; workers learn of it within a second, so a few more may pass.
      for (int round = 0; round < 40 && !quiet; round++) {
        int now = calls.count(50, "/users/", a -> a.status() == 500 && a.pod().equals(sick));
        errors += now;
        quiet = errors >= 2 && now == 0;
      }
      assertThat(errors).as("500s of the sick pod that callers saw").isBetween(2, 20);
      assertThat(quiet).as("the sick pod is out").isTrue();
      assertThat(ejected())
          .as("the gateway's Envoy says so")
          .containsExactly(theater.ctx1().field("pod/" + sick, ".status.podIP") + ":8081");
      assertThat(theater.ctx1().ready(sick))
          .as("probes stay healthy: Kubernetes sees nothing")
          .isTrue();
      Await.until(
          "the ejection ends", Duration.ofSeconds(90), () -> podsThatAnswer(calls).contains(sick));
      assertThat(calls.count(200, "/users/", a -> a.status() == 200)).isEqualTo(200);
    }
  }

  private Set<String> podsThatAnswer(Calls calls) {
    Set<String> pods = ConcurrentHashMap.newKeySet();
    calls.many(60, 6, "/users/").stream()
        .filter(a -> a.status() == 200)
        .map(Answer::pod)
        .forEach(pods::add);
    return pods;
  }

  /// What the caller's Envoy itself tells: the admin interface of the api-gateway's sidecar.
  private Set<String> ejected() {
    String ip = theater.ctx1().field("pod/" + theater.ctx1().pod("api-gateway"), ".status.podIP");
    try (Calls admin = new Calls("http://" + ip + ":15000")) {
      String clusters = admin.get("/clusters").body();
      return clusters
          .lines()
          .filter(l -> l.contains("user-service") && l.contains("failed_outlier_check"))
          .map(l -> l.split("::")[1])
          .collect(Collectors.toSet());
    }
  }
}
