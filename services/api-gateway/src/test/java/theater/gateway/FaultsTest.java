package theater.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;

/// Faults over HTTP, into a real Redis.
class FaultsTest {
  private static final Map<String, String> KEY =
      Map.of("INSTRUCTOR_KEY", "open", "REDIS_HOST", "127.162.5.1", "REDIS_PORT", "1");

  @Test
  void withoutTheKeyNothingIsDone() throws Exception {
    try (TestGateway gateway = new TestGateway("http://127.162.2.2:1", KEY)) {
      assertThat(gateway.get("/faults").statusCode()).isEqualTo(403);
      assertThat(gateway.send("POST", "/faults", "{}", "X-Instructor-Key", "wrong").statusCode())
          .isEqualTo(403);
      assertThat(gateway.get("/faults", "X-Instructor-Key", "open").statusCode()).isEqualTo(503);
    }
  }

  /// Takes connections and says nothing, like a Redis whose machine hangs.
  @Test
  void aSilentRedisIsAProblemWithinTheLimit() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.162.5.2"));
        TestGateway gateway =
            new TestGateway(
                "http://127.162.2.2:1",
                Map.of(
                    "INSTRUCTOR_KEY",
                    "open",
                    "REDIS_HOST",
                    "127.162.5.2",
                    "REDIS_PORT",
                    "" + silent.getLocalPort()))) {
      for (String method : List.of("GET", "DELETE")) {
        var answer = gateway.send(method, "/faults", null, "X-Instructor-Key", "open");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type"))
            .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(TestGateway.json(answer.body()).path("detail").asText())
            .startsWith("Redis does not answer: ");
      }
      assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void withoutAConfiguredKeyFaultsAreRefused() throws Exception {
    try (TestGateway gateway = new TestGateway("http://127.162.2.2:1")) {
      assertThat(gateway.get("/faults", "X-Instructor-Key", "").statusCode()).isEqualTo(503);
      assertThat(gateway.get("/faults").body()).contains("theater-instructor");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"service":"x","context":"ctx1","status":500,"for":"60s"}                          | service is "x"; expected one of user-service
          {"context":"ctx1","status":500,"for":"60s"}                                        | service is missing; expected
          {"service":"user-service","context":"ctx3","status":500,"for":"60s"}               | context is "ctx3"; expected one of ctx1, ctx2
          {"service":"user-service","context":"ctx1","status":200,"for":"60s"}               | status is 200; expected a whole number from 400 to 599
          {"service":"user-service","context":"ctx1","status":"500","for":"60s"}             | status is "500"; expected a whole number
          {"service":"user-service","context":"ctx1","status":500}                           | for is missing; expected a time from 1s to 10m
          {"service":"user-service","context":"ctx1","status":500,"for":"11m"}               | for is "11m"; expected a time from 1s to 10m
          {"service":"user-service","context":"ctx1","status":500,"for":"0s"}                | for is "0s"; expected a time from 1s to 10m
          {"service":"user-service","context":"ctx1","for":"60s"}                            | nothing was asked for
          {"service":"user-service","context":"ctx1","staus":500,"for":"60s"}                | staus is 500; expected only the fields
          {"service":"user-service","context":"ctx1","hang":"yes","for":"60s"}               | hang is "yes"; expected true or false
          {"service":"user-service","context":"ctx1","share":101,"status":500,"for":"60s"}   | share is 101; expected a whole number from 1 to 100
          {"service":"user-service","context":"ctx1","pod":"a:b","status":500,"for":"60s"}   | pod is "a:b"; expected
          {"service":"user-service","context":"ctx1","pod":"1","status":500,"for":"60s"}     | the pods of ctx1 are unknown
          [1]                                                                                | the body is ARRAY; expected a JSON object
          {"service":                                                                        | the body is no JSON
          """)
  void badBodyIsNamed(String body, String message) throws Exception {
    try (TestGateway gateway = new TestGateway("http://127.162.2.2:1", KEY)) {
      var answer = gateway.send("POST", "/faults", body, "X-Instructor-Key", "open");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(TestGateway.json(answer.body()).path("detail").asText()).contains(message);
    }
  }

  @Test
  void aLongBodyIsRefusedAndItsConnectionEnds() throws Exception {
    try (TestGateway gateway = new TestGateway("http://127.162.2.2:1", KEY)) {
      var answer =
          gateway.send("POST", "/faults", "x".repeat(1024 * 1024), "X-Instructor-Key", "open");
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.headers().firstValue("connection")).contains("close");
      assertThat(gateway.send("POST", "/faults", "{}", "X-Instructor-Key", "open").statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void faultIsAKeyThatEndsByItself(@TempDir Path folder) throws Exception {
    Path engine =
        Path.of(
                System.getenv()
                    .getOrDefault(
                        "THEATER_ENGINES",
                        System.getProperty("user.home") + "/.cache/theater/engines"))
            .resolve("redis-6.2/redis-server");
    assumeTrue(Files.isExecutable(engine), "no Redis at " + engine);
    int port = TestGateway.freePort();
    Process redis =
        new ProcessBuilder(
                engine.toString(),
                "--bind",
                "127.162.5.1",
                "--port",
                "" + port,
                "--save",
                "",
                "--dir",
                folder.toString())
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try (KubeStub kube = new KubeStub("127.162.3.1", 0)) {
      awaitOpen(redis, port);
      kube.apply(
          "pods",
          "{metadata: {name: user-b, labels: {app: user-service}}, status: {conditions: [{type: Ready, status: \"True\"}]}}");
      kube.apply(
          "pods",
          "{metadata: {name: user-a, labels: {app: user-service}}, status: {conditions: [{type: Ready, status: \"False\"}]}}");
      try (TestGateway gateway =
              new TestGateway(
                  "http://127.162.2.2:1",
                  Map.of(
                      "KUBECONFIG",
                      kube.kubeconfig(folder).toString(),
                      "INSTRUCTOR_KEY",
                      "open",
                      "REDIS_HOST",
                      "127.162.5.1",
                      "REDIS_PORT",
                      "" + port));
          LiveEvents events = gateway.events();
          Jedis jedis = new Jedis("127.162.5.1", port)) {
        events.await("deployment", json -> json.at("/contexts/ctx1/pods").size() == 2);
        var made =
            gateway.send(
                "POST",
                "/faults",
                "{\"service\":\"user-service\",\"context\":\"ctx1\",\"pod\":\"1\",\"status\":500,\"for\":\"60s\"}",
                "X-Instructor-Key",
                "open");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(TestGateway.json(made.body()).path("pod").asText()).isEqualTo("user-b");
        JsonNode value = TestGateway.json(jedis.get("fault:user-service:ctx1:user-b"));
        assertThat(value.path("status").asInt()).isEqualTo(500);
        assertThat(value.path("share").asInt()).isEqualTo(100);
        assertThat(jedis.pttl("fault:user-service:ctx1:user-b")).isBetween(1L, 60_000L);
        gateway.send(
            "POST",
            "/faults",
            "{\"service\":\"movie-service\",\"context\":\"ctx2\",\"delayMs\":100,\"for\":\"10m\"}",
            "X-Instructor-Key",
            "open");
        assertThat(names(gateway.get("/faults", "X-Instructor-Key", "open").body(), "faults"))
            .containsExactly("movie-service ctx2 *", "user-service ctx1 user-b");
        var removed =
            gateway.send(
                "DELETE", "/faults", "{\"service\":\"user-service\"}", "X-Instructor-Key", "open");
        assertThat(names(removed.body(), "removed")).containsExactly("user-service ctx1 user-b");
        assertThat(jedis.exists("fault:user-service:ctx1:user-b")).isFalse();
        assertThat(
                names(
                    gateway.send("DELETE", "/faults", null, "X-Instructor-Key", "open").body(),
                    "removed"))
            .containsExactly("movie-service ctx2 *");
        assertThat(names(gateway.get("/faults", "X-Instructor-Key", "open").body(), "faults"))
            .isEmpty();
      }
    } finally {
      redis.destroyForcibly().waitFor();
    }
  }

  private static List<String> names(String body, String field) throws Exception {
    return TestGateway.json(body)
        .path(field)
        .valueStream()
        .map(f ->
            f.path("service").asText()
                + " "
                + f.path("context").asText()
                + " "
                + f.path("pod").asText())
        .toList();
  }

  private static void awaitOpen(Process redis, int port) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        new Socket("127.162.5.1", port).close();
        return;
      } catch (java.io.IOException e) {
        if (!redis.isAlive() || System.nanoTime() > end) {
          throw e;
        }
        redis.waitFor(java.time.Duration.ofMillis(20));
      }
    }
  }
}
