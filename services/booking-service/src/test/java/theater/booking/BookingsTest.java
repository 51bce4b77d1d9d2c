package theater.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static theater.booking.Expected.isProblem;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
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
import theater.kit.json.JsonReader;

/// Bookings on a real Redis, over HTTP: seats, and what the peers say.
class BookingsTest {
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

  private HttpResponse<String> book(String json) {
    return cinema.send("POST", cinema.bookings("/bookings"), json);
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
    try (var booking = cinema.booking(peer, peer, "127.152.9.14", 2)) {
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
}
