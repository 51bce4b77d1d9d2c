package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Context;
import theater.visitor.Processes;
import theater.visitor.Processes.Started;
import theater.visitor.Theater;

/// One process dies by kill -9: traffic goes on where it can, the process comes back by itself,
/// nothing acknowledged is lost.
@ExtendWith(RunningTheater.class)
class KilledProcessTest {
  private final Theater theater;
  private final Processes processes;

  KilledProcessTest(Theater theater) {
    this.theater = theater;
    this.processes = new Processes(theater.home());
  }

  /// What an earlier test killed has come back for every caller: connections to Redis are made
  /// again one by one.
  @BeforeEach
  void allIsWell() {
    for (Context context : List.of(theater.ctx1(), theater.ctx2())) {
      context.kubectl("wait", "--for=condition=Ready", "pods", "--all", "--timeout=60s");
    }
    try (Calls calls = theater.calls()) {
      Await.until(
          "60 good answers in a row",
          Duration.ofSeconds(60),
          () -> calls.count(60, "/users/", a -> a.status() == 200) == 60);
    }
  }

  @Test
  void controlPlaneComesBackAndTrafficGoesOn() {
    Started plane = processes.one("control-plane", "ctx1");
    AtomicBoolean go = new AtomicBoolean(true);
    List<Calls.Answer> failed = new CopyOnWriteArrayList<>();
    AtomicInteger sent = new AtomicInteger();
    Thread traffic =
        Thread.ofPlatform()
            .start(() -> {
              try (Calls calls = theater.calls()) {
                while (go.get()) {
                  sent.incrementAndGet();
                  Calls.Answer answer = calls.get("/users/");
                  if (answer.status() != 200) {
                    failed.add(answer);
                  }
                }
              }
            });
    theater.ctx1().kubectl("create", "configmap", "just-before", "--from-literal=a=b");
    plane.kill();
    Await.until(
        "the API server is back",
        Duration.ofSeconds(40),
        () -> theater.kubectl("--context", "ctx1", "get", "nodes").exit() == 0);
    theater.ctx1().kubectl("label", "vs", "user-service-vs", "tried=yes", "--overwrite");
    theater.ctx1().kubectl("delete", "configmap", "just-before");
    go.set(false);
    join(traffic);
    assertThat(sent.get()).isPositive();
    assertThat(failed).as("failed of %d requests", sent.get()).isEmpty();
    assertThat(
            theater
                .ctx1()
                .kubectl(
                    "get", "pods", "-o", "jsonpath={.items[*].status.containerStatuses[*].ready}"))
        .doesNotContain("false");
  }

  @Test
  void killedServiceIsRestarted() {
    String pod = theater.ctx1().pod("movie-service");
    long before = restarts(theater.ctx1(), pod, "movie-service");
    String ip = theater.ctx1().field("pod/" + pod, ".status.podIP");
    processes.all().stream()
        .filter(p ->
            p.environment().contains("BIND_ADDRESS=" + ip.replaceAll("1$", "2") + "\n")
                && p.commandLine().contains("java"))
        .forEach(Started::kill);
    Await.until(
        "a restart",
        Duration.ofSeconds(60),
        () -> restarts(theater.ctx1(), pod, "movie-service") == before + 1);
    theater.ctx1().kubectl("wait", "--for=condition=Ready", "pod/" + pod, "--timeout=60s");
    try (Calls calls = theater.calls()) {
      Await.until(
          "it answers",
          Duration.ofSeconds(30),
          () -> calls.many(60, 6, "/movies/").stream().anyMatch(a -> a.pod().equals(pod)));
    }
  }

  @Test
  void killedSidecarIsRestarted() {
    String pod = theater.ctx1().pod("booking-service");
    long before = restarts(theater.ctx1(), pod, "istio-proxy");
    String uid = theater.ctx1().field("pod/" + pod, ".metadata.uid");
    processes.all().stream()
        .filter(p -> p.commandLine().contains("envoy") && p.commandLine().contains(uid))
        .forEach(Started::kill);
    Await.until(
        "a restart",
        Duration.ofSeconds(60),
        () -> restarts(theater.ctx1(), pod, "istio-proxy") == before + 1);
    theater.ctx1().kubectl("wait", "--for=condition=Ready", "pod/" + pod, "--timeout=60s");
    try (Calls calls = theater.calls()) {
      Await.until(
          "it answers",
          Duration.ofSeconds(30),
          () -> calls.many(60, 6, "/bookings/").stream().anyMatch(a -> a.pod().equals(pod)));
    }
  }

  @Test
  void killedGatewaysAreRestartedAndTrafficGoesOn() {
    for (String[] gateway :
        new String[][] {{"ctx1", "istio-ingressgateway"}, {"ctx2", "istio-eastwestgateway"}}) {
      String uid = systemPod(gateway[0], gateway[1], ".metadata.uid");
      String count = ".status.containerStatuses[0].restartCount";
      long before = Long.parseLong(systemPod(gateway[0], gateway[1], count));
      processes.all().stream()
          .filter(p -> p.commandLine().contains("envoy") && p.commandLine().contains(uid))
          .forEach(Started::kill);
      Await.until(
          "a restart of " + gateway[1],
          Duration.ofSeconds(60),
          () -> Long.parseLong(systemPod(gateway[0], gateway[1], count)) == before + 1);
      try (Calls calls = theater.calls()) {
        Await.until(
            "40 good answers of ctx2 in a row",
            Duration.ofSeconds(60),
            () ->
                calls.count(40, "/users/", a -> a.context().equals("ctx2"), "x-canary", "true")
                    == 40);
      }
    }
  }

  private String systemPod(String context, String app, String field) {
    return new Context(theater, context)
        .kubectl(
            "get",
            "pods",
            "-n",
            "istio-system",
            "-l",
            "app=" + app,
            "-o",
            "jsonpath={.items[0]" + field + "}");
  }

  @Test
  void killedRedisLosesNothingThatWasAcknowledged() {
    try (Calls calls = theater.calls()) {
      Calls.Answer created =
          calls.send("POST", "/movies/", "{\"title\":\"괴물\",\"genre\":\"스릴러\",\"year\":2006}");
      assertThat(created.status()).isEqualTo(201);
      String pod = theater.ctx2().pod("redis");
      long before = restarts(theater.ctx2(), pod, "redis");
      processes.one("redis-server").kill();
      Calls.Answer while_dead = calls.get("/movies/");
      assertThat(while_dead.took())
          .as("an answer without Redis does not hang")
          .isLessThan(Duration.ofSeconds(5));
      Await.until(
          "the movie is there again",
          Duration.ofSeconds(60),
          () -> calls.get(created.header("location")).body().contains("괴물"));
      Await.until(
          "a restart",
          Duration.ofSeconds(60),
          () -> restarts(theater.ctx2(), pod, "redis") == before + 1);
    }
  }

  private long restarts(Context context, String pod, String container) {
    return Long.parseLong(
        context.field(
            "pod/" + pod,
            ".status.containerStatuses[?(@.name=='" + container + "')].restartCount"));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
