package theater.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static theater.booking.Expected.isProblem;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;
import theater.kit.redis.Redis;

/// A Redis that takes connections and never answers, as callers of the services see it.
class SilentRedisTest {

  @Test
  void everyServiceSaysSoAndComesBackByItself() throws Exception {
    try (Cinema cinema = new Cinema()) {
      cinema.redis.kill();
      try (SilentPeer silent = new SilentPeer(RedisEngine.HOST, cinema.redis.port)) {
        isProblem(cinema.get(cinema.users("/users/")), 503);
        isProblem(cinema.get(cinema.movies("/movies/1")), 503);
        var bookings = cinema.get(cinema.bookings("/bookings/"));
        isProblem(bookings, 503);
        assertThat(bookings.headers().firstValue("Retry-After")).hasValue("1");
        isProblem(
            cinema.send(
                "POST", cinema.users("/users/"), "{\"name\":\"가\",\"email\":\"a@example.com\"}"),
            503);
        assertThat(cinema.get(cinema.users("/readyz")).statusCode()).isEqualTo(200);
        assertThat(cinema.get(cinema.users("/livez")).statusCode()).isEqualTo(200);
        assertThat(silent.taken()).isPositive();
      }
      cinema.redis.start();
      Await.until(
          "users are listed again", () -> cinema.get(cinema.users("/users/")).statusCode() == 200);
      Await.until(
          "bookings are listed again",
          () -> cinema.get(cinema.bookings("/bookings/")).statusCode() == 200);
    }
  }

  @Test
  void faultsEndWhileItIsSilentAndCanBeSetAgainAfterwards() throws Exception {
    try (Cinema cinema = new Cinema()) {
      setFault(cinema);
      Await.until("sick", () -> cinema.get(cinema.users("/users/9")).statusCode() == 500);
      cinema.redis.kill();
      SilentPeer silent = new SilentPeer(RedisEngine.HOST, cinema.redis.port);
      try (silent) {
        Await.until("no fault", () -> cinema.get(cinema.users("/users/9")).statusCode() == 503);
      }
      cinema.redis.start();
      setFault(cinema);
      Await.until("sick again", () -> cinema.get(cinema.users("/users/9")).statusCode() == 500);
    }
  }

  private static void setFault(Cinema cinema) {
    try (Redis redis = new Redis(RedisEngine.HOST, cinema.redis.port)) {
      String value = "{\"status\":500,\"until\":\"" + Instant.now().plusSeconds(300) + "\"}";
      redis.call(Command.SET, "fault:user-service:ctx1:*", value, "EX", "300");
    }
  }
}
