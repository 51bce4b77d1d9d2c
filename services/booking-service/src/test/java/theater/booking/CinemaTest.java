package theater.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;
import theater.kit.json.JsonReader;
import theater.kit.redis.Redis;
import theater.user.UserService;

/// The three services on a real Redis, over HTTP.
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

  private static void isProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JsonReader.object(response.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .containsEntry("status", status)
        .containsKeys("type", "title", "detail", "instance");
    hasOurHeaders(response);
  }

  private static void hasOurHeaders(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("X-Service-Cluster")).hasValue("ctx1");
    assertThat(response.headers().firstValue("X-Pod-Name")).isPresent();
    assertThat(response.headers().firstValue("X-Service-Name")).isPresent();
  }

  private HttpResponse<String> book(String json) {
    return cinema.send("POST", cinema.bookings("/bookings"), json);
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
  void tenThousandUsersAreListedInTwoRoundTrips() {
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
      // ZCARD and ZRANGE go together, MGET follows; other MGETs are the readers of faults.
      assertThat(stats)
          .contains("cmdstat_zcard:calls=1,", "cmdstat_zrange:calls=1,")
          .doesNotContain("cmdstat_get:", "cmdstat_keys:");
    }
  }

  @Test
  void bookingTellsItsSeatsAndFreesThem() {
    var two = book("{\"userId\":\"1\",\"movieId\":\"3\",\"seats\":2}");
    assertThat(two.statusCode()).as(two.body()).isEqualTo(201);
    assertThat(two.body())
        .isEqualTo(
            "{\"id\":\"1\",\"userId\":\"1\",\"movieId\":\"3\",\"seats\":2,\"seatNames\":[\"A1\",\"A2\"]}");
    isProblem(book("{\"userId\":\"2\",\"movieId\":\"3\",\"seats\":[\"A2\",\"A3\"]}"), 409);
    assertThat(book("{\"userId\":\"2\",\"movieId\":\"3\",\"seats\":[\"A3\"]}").statusCode())
        .isEqualTo(201);
    assertThat(book("{\"userId\":\"2\",\"movieId\":\"3\",\"seats\":2}").body())
        .contains("[\"A4\",\"A5\"]");
    assertThat(
            cinema.get(cinema.bookings("/bookings/user/2")).headers().firstValue("X-Total-Count"))
        .hasValue("2");
    var moved =
        cinema.send(
            "PUT",
            cinema.bookings("/bookings/1"),
            "{\"userId\":\"2\",\"movieId\":\"3\",\"seats\":[\"A1\",\"J10\"]}");
    assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
    assertThat(cinema.get(cinema.bookings("/bookings/user/1")).body()).isEqualTo("[]");
    assertThat(cinema.send("DELETE", cinema.bookings("/bookings/1"), null).statusCode())
        .isEqualTo(204);
    assertThat(book("{\"userId\":\"1\",\"movieId\":\"3\",\"seats\":2}").body())
        .contains("[\"A1\",\"A2\"]");
  }

  @Test
  void unknownUserAndMovieAreBothNamed() {
    var refused = book("{\"userId\":\"99\",\"movieId\":\"98\",\"seats\":1}");
    isProblem(refused, 422);
    assertThat(refused.body()).contains("userId", "99", "movieId", "98");
    for (String seats :
        List.of("0", "101", "\"A1\"", "[]", "[\"K1\"]", "[\"A1\",\"A1\"]", "1.5", "null")) {
      isProblem(book("{\"userId\":\"1\",\"movieId\":\"1\",\"seats\":" + seats + "}"), 422);
    }
  }

  @Test
  void noSeatIsSoldTwice() throws Exception {
    var answers = new ArrayList<Future<HttpResponse<String>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String seats = i % 4 == 0 ? "[\"C" + (i % 10 + 1) + "\"]" : "1";
        answers.add(
            threads.submit(
                () -> book("{\"userId\":\"1\",\"movieId\":\"1\",\"seats\":" + seats + "}")));
      }
    }
    var sold = new HashSet<String>();
    for (var answer : answers) {
      var response = answer.get();
      assertThat(response.statusCode()).as(response.body()).isIn(201, 409);
      if (response.statusCode() == 201) {
        var names =
            JsonReader.object(response.body().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .get("seatNames");
        ((List<?>) names)
            .forEach(
                name -> assertThat(sold.add(name.toString())).as("sold twice: " + name).isTrue());
      }
    }
    assertThat(sold).hasSize(100);
  }

  @Test
  void aDeadRedisIsAProblemAndComesBack() throws IOException {
    cinema.redis.kill();
    var away = cinema.get(cinema.users("/users"));
    isProblem(away, 503);
    assertThat(away.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(cinema.get(cinema.users("/readyz")).statusCode()).isEqualTo(200);
    cinema.redis.start();
    Await.until(
        "users are listed again", () -> cinema.get(cinema.users("/users")).statusCode() == 200);
    // Empty now; seeds come with a restart only.
    assertThat(cinema.get(cinema.users("/users")).body()).isEqualTo("[]");
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
  void headersGoOnAndAPeersFailureIsTold() throws IOException {
    var seen = new ConcurrentHashMap<String, String>();
    var status = new java.util.concurrent.atomic.AtomicInteger(200);
    var stub = HttpServer.create(new InetSocketAddress("127.152.9.20", 0), 0);
    stub.createContext(
        "/",
        exchange -> {
          exchange
              .getRequestHeaders()
              .forEach((name, values) ->
                  seen.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
          if (status.get() > 0) {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
          }
        });
    stub.start();
    String peer = "http://127.152.9.20:" + stub.getAddress().getPort();
    try (var booking = cinema.booking(peer, peer, "127.152.9.14")) {
      String url = Cinema.url(booking, "127.152.9.14") + "/bookings";
      String body = "{\"userId\":\"1\",\"movieId\":\"1\",\"seats\":1}";
      var answer =
          cinema.send(
              "POST",
              url,
              body,
              "x-canary",
              "true",
              "traceparent",
              "00-a-b-01",
              "x-envoy-attempt-count",
              "2",
              "x-forwarded-for",
              "1");
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(seen).containsEntry("x-canary", "true").containsEntry("traceparent", "00-a-b-01");
      assertThat(seen).doesNotContainKeys("x-envoy-attempt-count", "x-forwarded-for");
      for (var expected : Map.of(503, 503, 500, 502, 404, 502, 504, 504).entrySet()) {
        status.set(expected.getKey());
        var failed = cinema.send("POST", url, body);
        isProblem(failed, expected.getValue());
        assertThat(failed.body())
            .contains("\"service\":\"user-service\"", "\"upstreamStatus\":" + expected.getKey());
      }
      status.set(0);
      isProblem(cinema.send("POST", url, body), 504);
      stub.stop(0);
      isProblem(cinema.send("POST", url, body), 503);
    } finally {
      stub.stop(0);
    }
  }

  @Test
  void aFaultMakesAPodSickUntilItEnds() {
    try (var redis = new Redis(RedisEngine.HOST, cinema.redis.port)) {
      String key = "fault:user-service:ctx1:user-service-1";
      String end = Instant.now().plusSeconds(60).toString();
      redis.call(
          Command.SET,
          key,
          "{\"status\":500,\"notReady\":true,\"memory\":true,\"cpu\":true,\"until\":\""
              + end
              + "\"}",
          "EX",
          "60");
      redis.call(Command.PUBLISH, "faults", key);
      Await.until("the pod is sick", () -> cinema.get(cinema.users("/users")).statusCode() == 500);
      isProblem(cinema.get(cinema.users("/users")), 500);
      isProblem(cinema.get(cinema.users("/readyz")), 503);
      assertThat(cinema.get(cinema.users("/livez")).statusCode()).isEqualTo(200);
      assertThat(cinema.get(cinema.movies("/movies")).statusCode()).isEqualTo(200);
      redis.call(Command.DEL, key);
      Await.until(
          "the pod is healthy", () -> cinema.get(cinema.users("/users")).statusCode() == 200);
      assertThat(cinema.get(cinema.users("/readyz")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aStopFailsNoRequest() throws Exception {
    String users = cinema.users("/users");
    String ready = cinema.users("/readyz");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stopping = new java.util.concurrent.atomic.AtomicBoolean();
      var callers = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 8; i++) {
        callers.add(
            threads.submit(() -> {
              int answered = 0;
              // A caller goes on until it is told that the connection ends, as a draining load
              // balancer would.
              while (true) {
                var response = cinema.get(users);
                assertThat(response.statusCode()).isEqualTo(200);
                answered++;
                if (stopping.get()
                    && response.headers().firstValue("Connection").orElse("").equals("close")) {
                  return answered;
                }
              }
            }));
      }
      stopping.set(true);
      var stop = threads.submit(cinema.users::stop);
      Await.until("not ready, still answering", () -> cinema.get(ready).statusCode() == 503);
      for (var caller : callers) {
        assertThat(caller.get()).isPositive();
      }
      stop.get();
    }
    assertThat(cinema.log.toString(java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"event\":\"stopped\",\"unfinished\":0");
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
