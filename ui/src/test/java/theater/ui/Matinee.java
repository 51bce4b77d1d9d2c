package theater.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A snapshot with something of everything, for looking at the page while working on it. Run `main`
/// to serve it until the process ends.
final class Matinee {

  private static final String[] SERVICES = {"user-service", "movie-service", "booking-service"};

  private Matinee() {}

  public static void main(String[] arguments) throws InterruptedException {
    StubGateway gateway = gateway();
    System.out.println(gateway.url());
    Thread.currentThread().join();
  }

  static StubGateway gateway() {
    StubGateway gateway = new StubGateway(snapshot());
    serveLists(gateway);
    return gateway;
  }

  static void serveLists(StubGateway gateway) {
    gateway.reply(
        "/users/",
        StubGateway.Reply.json(
            List.of(
                Script.object("id", 1, "name", "홍길동", "email", "hong@example.com"),
                Script.object("id", 2, "name", "이순신", "email", "lee@example.com"),
                Script.object("id", 3, "name", "김유신", "email", "kim@example.com"))));
    gateway.reply(
        "/movies/",
        StubGateway.Reply.json(
            List.of(
                Script.object("id", 1, "title", "어벤져스", "genre", "액션", "year", 2012),
                Script.object("id", 2, "title", "겨울왕국", "genre", "애니메이션", "year", 2013),
                Script.object("id", 3, "title", "기생충", "genre", "드라마", "year", 2019))));
    gateway.reply(
        "/bookings/",
        StubGateway.Reply.json(
            List.of(
                Script.object("id", 1, "userId", 1, "movieId", 3, "seats", 2),
                Script.object("id", 2, "userId", 2, "movieId", 1, "seats", List.of("A1", "A2")))));
  }

  static Map<String, Object> snapshot() {
    List<Object> answers = new ArrayList<>();
    int[] shares = {70, 30, 50};
    for (int i = 0; i < 300; i++) {
      String service = SERVICES[i % 3];
      String context = (i * 37) % 100 < shares[i % 3] ? "ctx1" : "ctx2";
      Map<String, Object> answer = Script.byService(i, service, context, 200);
      if (i % 3 == 0 && i % 21 == 0) {
        answer = Script.byService(i, service, context, i % 2 == 0 ? 500 : 404);
      }
      if (i % 3 == 1 && i % 4 == 0) {
        answer = Script.with(answer, "delayed", "probably injected");
      }
      if (i % 3 == 2 && i % 5 == 0) {
        String flag = i % 2 == 0 ? "FI" : "UH";
        answer = Script.byEnvoy(i, service, flag, "caller", 503, "fault filter abort");
      }
      answers.add(i % 25 == 0 ? Script.with(answer, "canary", true) : answer);
    }
    Map<String, Object> weights = new LinkedHashMap<>();
    weights.put("user-service", Script.with(Script.weights(70, 30), "rule", "user-service-vs"));
    weights.put(
        "movie-service",
        Script.with(
            Script.with(
                Script.weights(
                    30, 70, Script.object("kind", "delay", "percent", 30, "delayMs", 3000)),
                "rule",
                "movie-service-vs"),
            "canary",
            "ctx1"));
    weights.put(
        "booking-service",
        Script.with(
            Script.weights(50, 50, Script.object("kind", "abort", "percent", 40, "status", 503)),
            "rule",
            "booking-service-vs"));
    List<Object> pods = new ArrayList<>();
    List<Object> deployments = new ArrayList<>();
    for (String service : SERVICES) {
      for (int n = 1; n <= 2; n++) {
        pods.add(
            Script.pod(
                service + "-6c9f7d5b8-x" + n + "k2p",
                service,
                "127.171." + pods.size() + ".1",
                !(service.equals("movie-service") && n == 2)));
      }
      deployments.add(
          Script.object(
              "name", service, "ready", service.equals("movie-service") ? 1 : 2, "desired", 2));
    }
    return Script.object(
        "answers",
        answers,
        "weights",
        weights,
        "deployment",
        Script.deployment(
            Script.known(pods, deployments),
            Script.unknown("no credentials: Secret remote-reader is missing")),
        "ejections",
        List.of(
            Script.object(
                "service",
                "user-service",
                "context",
                "ctx1",
                "address",
                "127.171.0.1:8081",
                "since",
                java.time.Instant.now().minusSeconds(12).toString(),
                "where",
                "outbound|8081|ctx1|user-service.theater-msa.svc.cluster.local")));
  }
}
