package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Theater;

/// `kubectl rollout restart` and deleted pods, under 200 requests a second.
@ExtendWith(RunningTheater.class)
class RollingRestartTest {
  private static final int PER_SECOND = 200;
  private static final List<String> SERVICES =
      List.of("user-service", "movie-service", "booking-service");
  private final Theater theater;

  RollingRestartTest(Theater theater) {
    this.theater = theater;
  }

  @Test
  void everyServiceOfBothContexts() {
    nobodyNotices(() -> {
      for (String service : SERVICES) {
        restart("ctx1", service);
        restart("ctx2", service);
      }
    });
  }

  @Test
  void theGatewayWithItsOnePod() {
    nobodyNotices(() -> restart("ctx1", "api-gateway"));
  }

  @Test
  void aDeletedPodOfAServiceWithTwo() {
    nobodyNotices(() -> {
      in("ctx1", "delete", anyPod("user-service"));
      in("ctx1", "rollout", "status", "deployment/user-service", "--timeout=100s");
    });
  }

  /// Its place is empty until the next pod is ready: the ingress gateway says so, and nothing else
  /// is lost.
  @Test
  void theDeletedOnlyPodOfTheGatewayCostsRequestsUntilTheNextOneIsReady() {
    try (Calls calls = theater.calls()) {
      SteadyLoad load = begin(calls);
      try (load) {
        in("ctx1", "delete", anyPod("api-gateway"));
        in("ctx1", "rollout", "status", "deployment/api-gateway", "--timeout=100s");
        Await.until(
            "60 good answers in a row",
            Duration.ofSeconds(60),
            () -> calls.count(60, "/users/", a -> a.status() == 200) == 60);
      }
      assertThat(load.failed())
          .isNotEmpty()
          .allMatch(failure -> failure.contains("503 no healthy upstream"));
    }
  }

  private void nobodyNotices(Runnable change) {
    try (Calls calls = theater.calls()) {
      SteadyLoad load = begin(calls);
      try (load) {
        change.run();
        awaitMore(load);
      }
      assertThat(load.failed())
          .as(
              "failed of %d; what the nodes said: %s %s",
              load.answered(), warnings("ctx1"), warnings("ctx2"))
          .isEmpty();
    }
  }

  private String warnings(String context) {
    return in(context, "get", "events", "--field-selector=type=Warning");
  }

  private String anyPod(String app) {
    return pods("ctx1", app).split("\\s")[0];
  }

  /// All pods are there and answer before anything is restarted.
  private SteadyLoad begin(Calls calls) {
    for (String context : new String[] {"ctx1", "ctx2"}) {
      in(context, "wait", "--for=condition=Ready", "pods", "--all", "--timeout=100s");
    }
    Await.until(
        "60 good answers in a row",
        Duration.ofSeconds(60),
        () -> calls.count(60, "/users/", a -> a.status() == 200) == 60);
    SteadyLoad load = new SteadyLoad(calls, PER_SECOND, "/users/", "/movies/", "/bookings/");
    awaitMore(load);
    return load;
  }

  private void restart(String context, String deployment) {
    String before = pods(context, deployment);
    in(context, "rollout", "restart", "deployment/" + deployment);
    in(context, "rollout", "status", "deployment/" + deployment, "--timeout=110s");
    Await.until(
        "the old pods of " + deployment + " are gone",
        Duration.ofSeconds(60),
        () -> {
          String now = pods(context, deployment);
          return before.lines().noneMatch(now::contains);
        });
  }

  private String pods(String context, String app) {
    return in(context, "get", "pods", "-l", "app=" + app, "-o", "name");
  }

  private String in(String context, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "--context";
    all[1] = context;
    all[2] = "-n";
    all[3] = "theater-msa";
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return theater.kubectl(all).ok().out();
  }

  /// A second's worth of requests more is answered.
  private static void awaitMore(SteadyLoad load) {
    int wanted = load.answered() + PER_SECOND;
    Await.until("the load runs", Duration.ofSeconds(60), () -> load.answered() >= wanted);
  }
}
