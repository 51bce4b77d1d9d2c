package theater.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static theater.booking.Expected.hasOurHeaders;
import static theater.booking.Expected.isProblem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;
import theater.kit.redis.Redis;
import theater.user.UserService;

/// The three services on a real Redis, over HTTP: what they list and keep, and how they refuse.
class CinemaTest {
  private Cinema cinema;

  @BeforeEach
  void start() throws IOException {
    cinema = new Cinema();
  }

  @AfterEach
  void stop() {
    if (cinema != null) {
      cinema.close();
    }
  }

  @Test
  void seedsAndLastSlash() {
    var users = cinema.get(cinema.users("/users/"));
    assertThat(users.body())
        .contains("홍길동", "이순신", "김유신")
        .isEqualTo(cinema.get(cinema.users("/users")).body());
    assertThat(users.headers().firstValue("X-Total-Count")).hasValue("3");
    hasOurHeaders(users);
    assertThat(cinema.get(cinema.movies("/movies/3")).body()).contains("기생충");
  }

  @Test
  void createReadReplaceDelete() {
    var created =
        cinema.send(
            "POST",
            cinema.users("/users/"),
            "{\"name\":\"<script>신사임당\",\"email\":\"s@example.com\"}");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("Location")).hasValue("/users/4");
    assertThat(cinema.get(cinema.users("/users/4")).body()).contains("<script>신사임당");
    assertThat(
            cinema
                .send("PUT", cinema.users("/users/4"), "{\"name\":\"b\",\"email\":\"b@c\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(cinema.get(cinema.users("/users/4")).body())
        .isEqualTo("{\"id\":\"4\",\"name\":\"b\",\"email\":\"b@c\"}");
    assertThat(cinema.send("DELETE", cinema.users("/users/4"), null).statusCode()).isEqualTo(204);
    isProblem(cinema.get(cinema.users("/users/4")), 404);
    isProblem(cinema.send("DELETE", cinema.users("/users/4"), null), 404);
    isProblem(
        cinema.send("PUT", cinema.users("/users/4"), "{\"name\":\"b\",\"email\":\"b@c\"}"), 404);
    assertThat(cinema.get(cinema.users("/users")).headers().firstValue("X-Total-Count"))
        .hasValue("3");
  }

  @Test
  void moviesAreCreatedReplacedAndDeletedWithinTheirYears() {
    String film = "{\"title\":\"괴물\",\"genre\":\"스릴러\",\"year\":%d%s}";
    var created =
        cinema.send(
            "POST", cinema.movies("/movies/"), film.formatted(2006, ",\"director\":\"봉준호\""));
    assertThat(created.statusCode()).isEqualTo(201);
    String its = created.headers().firstValue("Location").orElseThrow();
    assertThat(its).isEqualTo("/movies/4");
    assertThat(cinema.get(cinema.movies(its)).body())
        .isEqualTo(
            "{\"id\":\"4\",\"title\":\"괴물\",\"genre\":\"스릴러\",\"year\":2006,\"director\":\"봉준호\"}");
    for (int year : new int[] {1888, 2100}) {
      assertThat(cinema.send("PUT", cinema.movies(its), film.formatted(year, "")).statusCode())
          .isEqualTo(200);
      assertThat(cinema.get(cinema.movies(its)).body())
          .as("a director that is not told")
          .endsWith("\"year\":" + year + "}");
    }
    for (int year : new int[] {1887, 2101}) {
      isProblem(cinema.send("PUT", cinema.movies(its), film.formatted(year, "")), 422);
      isProblem(cinema.send("POST", cinema.movies("/movies"), film.formatted(year, "")), 422);
    }
    isProblem(cinema.send("PUT", cinema.movies(its), film.formatted(2006, ",\"director\":7")), 422);
    assertThat(cinema.send("DELETE", cinema.movies(its), null).statusCode()).isEqualTo(204);
    isProblem(cinema.get(cinema.movies(its)), 404);
    isProblem(cinema.send("PUT", cinema.movies(its), film.formatted(2006, "")), 404);
  }

  @Test
  void whatIsWrongIsAProblemWithOurHeaders() {
    String users = cinema.users("/users");
    isProblem(cinema.get(cinema.users("/nix")), 404);
    var wrongMethod = cinema.send("PATCH", users, "{}");
    isProblem(wrongMethod, 405);
    assertThat(wrongMethod.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, POST");
    isProblem(cinema.send("POST", users, null, "Content-Type", "text/plain"), 415);
    isProblem(cinema.send("POST", users, "{"), 400);
    isProblem(cinema.send("POST", users, "{\"name\":\"" + "x".repeat(70_000) + "\"}"), 413);
    isProblem(
        cinema.send("POST", users, "{\"name\":\"" + "x".repeat(101) + "\",\"email\":\"a@b\"}"),
        422);
    isProblem(cinema.get(users + "?limit=501"), 400);
    isProblem(cinema.get(users + "?offset=-1"), 400);
    isProblem(cinema.get(cinema.users("/" + "x".repeat(2000))), 414);
    isProblem(cinema.send("GET", users, null, "X-Long", "x".repeat(20_000)), 400);
    var headers = new ArrayList<String>();
    for (int i = 0; i < 101; i++) {
      headers.addAll(List.of("X-H" + i, "v"));
    }
    isProblem(cinema.send("GET", users, null, headers.toArray(String[]::new)), 431);
  }

  @Test
  void headAndOptions() {
    var head = cinema.send("HEAD", cinema.users("/users"), null);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
    var options = cinema.send("OPTIONS", cinema.users("/users"), null);
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, POST");
  }

  @Test
  void tenThousandUsersAreListedInOneRoundTrip() {
    try (var redis = new Redis(RedisEngine.HOST, cinema.redis.port)) {
      redis.call(
          Command.EVAL,
          "for i = 4, 10000 do redis.call('SET', 'user:' .. i, '{\"id\":\"' .. i .. '\"}') redis.call('ZADD', 'users', i, i) end",
          0);
      redis.call(Command.CONFIG, "RESETSTAT");
      var page = cinema.get(cinema.users("/users/?limit=500&offset=9600"));
      assertThat(page.headers().firstValue("X-Total-Count")).hasValue("10000");
      assertThat(page.body()).startsWith("[{\"id\":\"9601\"}").endsWith("{\"id\":\"10000\"}]");
      String stats = Redis.text(redis.call(Command.INFO, "commandstats"));
      // ZCARD and SORT go together; an MGET is a reader of faults.
      assertThat(stats)
          .contains("cmdstat_zcard:calls=1,", "cmdstat_sort:calls=1,")
          .doesNotContain("cmdstat_get:", "cmdstat_keys:", "cmdstat_zrange:");
    }
  }

  @Test
  void fourPodsSeedOnceAndNeverOverSomebodysData() throws Exception {
    try (var redis = new Redis(RedisEngine.HOST, cinema.redis.port)) {
      redis.call(Command.FLUSHALL);
      var content = new UserService();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 4; i++) {
          threads.submit(() -> content.seed(redis));
        }
      }
      assertThat(redis.call(Command.ZCARD, "users")).isEqualTo(3L);
      redis.call(Command.FLUSHALL);
      cinema.send("POST", cinema.users("/users"), "{\"name\":\"learner\",\"email\":\"a@b\"}");
      content.seed(redis);
      assertThat(cinema.get(cinema.users("/users")).body())
          .contains("learner")
          .doesNotContain("홍길동");
    }
  }

  @Test
  void metricsCountByRoute() {
    cinema.get(cinema.users("/users/1"));
    cinema.get(cinema.users("/users/2"));
    assertThat(cinema.get(cinema.users("/metrics")).body())
        .contains(
            "http_server_requests_seconds_count{method=\"GET\",route=\"/users/{id}\",status=\"200\"} 2")
        .contains("jvm_memory_used_bytes", "redis_errors_total", "process_cpu_seconds_total");
  }
}
