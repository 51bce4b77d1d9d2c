package theater.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static theater.booking.Expected.isProblem;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;
import theater.kit.redis.Redis;

/// A dead Redis, a sick pod and a stop, as callers see them.
class TroubleTest {
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
}
