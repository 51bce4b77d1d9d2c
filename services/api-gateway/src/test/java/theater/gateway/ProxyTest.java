package theater.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests and answers pass through a running gateway as they came.
class ProxyTest {
  private static final String UPSTREAM = "127.162.2.2";

  @Test
  void requestIsPassedOnWithTheServiceAsHostAndWithoutHopByHopHeaders() throws Exception {
    AtomicReference<Headers> seen = new AtomicReference<>();
    AtomicReference<String> line = new AtomicReference<>();
    try (StubUpstream upstream =
            new StubUpstream(
                UPSTREAM,
                exchange -> {
                  seen.set(exchange.getRequestHeaders());
                  line.set(
                      exchange.getRequestMethod()
                          + " "
                          + exchange.getRequestURI()
                          + " "
                          + new String(
                              exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                  StubUpstream.answer(exchange, 201, "made");
                });
        TestGateway gateway = new TestGateway(upstream.url())) {
      try (Socket socket = new Socket(TestGateway.ADDRESS, gateway.port())) {
        socket
            .getOutputStream()
            .write(
                """
                PUT /users/7?a=%20b&a=c HTTP/1.1\r
                Host: theater.example\r
                X-Forwarded-For: 10.0.0.9\r
                x-canary: true\r
                traceparent: 00-1-2-01\r
                Connection: close, X-Private\r
                X-Private: 1\r
                TE: trailers\r
                Content-Length: 9\r
                \r
                어벤져\
                """
                    .getBytes(StandardCharsets.UTF_8));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 201 Created\r\n").endsWith("\r\n\r\nmade");
      }
      assertThat(line.get()).isEqualTo("PUT /users/7?a=%20b&a=c 어벤져");
      assertThat(seen.get().getFirst("Host"))
          .isEqualTo(upstream.url().substring("http://".length()));
      assertThat(seen.get().getFirst("X-Forwarded-For")).isEqualTo("10.0.0.9");
      assertThat(seen.get().getFirst("x-canary")).isEqualTo("true");
      assertThat(seen.get().getFirst("traceparent")).isEqualTo("00-1-2-01");
      assertThat(seen.get()).doesNotContainKeys("X-private", "Te");
    }
  }

  @Test
  void answerIsPassedBackWithEveryHeaderAndItsBytes() throws Exception {
    try (StubUpstream upstream =
            new StubUpstream(
                UPSTREAM,
                exchange -> {
                  exchange.getResponseHeaders().put("Set-Cookie", java.util.List.of("a=1", "b=2"));
                  exchange.getResponseHeaders().set("X-Envoy-Upstream-Service-Time", "3");
                  exchange.getResponseHeaders().set("Content-Type", "application/json");
                  StubUpstream.answer(exchange, 418, "{\"name\":\"<script>alert(1)</script>\"}");
                });
        TestGateway gateway = new TestGateway(upstream.url())) {
      HttpResponse<String> answer = gateway.get("/movies");
      assertThat(answer.statusCode()).isEqualTo(418);
      assertThat(answer.body()).isEqualTo("{\"name\":\"<script>alert(1)</script>\"}");
      assertThat(answer.headers().allValues("set-cookie")).containsExactlyInAnyOrder("a=1", "b=2");
      assertThat(answer.headers().firstValue("x-envoy-upstream-service-time")).hasValue("3");
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
      assertThat(answer.headers().firstValue("x-service-name")).hasValue("user-service");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET,204", "GET,304", "HEAD,200", "DELETE,204", "OPTIONS,200"})
  void answerWithoutBodyEnds(String method, int status) throws Exception {
    try (StubUpstream upstream =
            new StubUpstream(
                UPSTREAM,
                exchange -> {
                  exchange.getResponseHeaders().set("X-Service-Name", "user-service");
                  exchange.sendResponseHeaders(status, -1);
                });
        TestGateway gateway = new TestGateway(upstream.url())) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer = gateway.send(method, "/users/1", null);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
      }
    }
  }

  @Test
  void largeAnswersOfUnknownLengthAreStreamed() throws Exception {
    byte[] piece = new byte[64 * 1024];
    Arrays.fill(piece, (byte) 7);
    int pieces = 320;
    CompletableFuture<Void> firstRead = new CompletableFuture<>();
    try (StubUpstream upstream =
            new StubUpstream(
                UPSTREAM,
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  exchange.getResponseBody().write(piece);
                  exchange.getResponseBody().flush();
                  // The rest only comes when the caller has seen the beginning.
                  firstRead.orTimeout(20, TimeUnit.SECONDS).join();
                  for (int i = 1; i < pieces; i++) {
                    exchange.getResponseBody().write(piece);
                  }
                });
        TestGateway gateway = new TestGateway(upstream.url())) {
      HttpResponse<InputStream> answer =
          gateway.http.send(
              HttpRequest.newBuilder(gateway.uri("/users/")).build(), BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        assertThat(body.readNBytes(piece.length)).isEqualTo(piece);
        firstRead.complete(null);
        assertThat(body.readAllBytes()).hasSize((pieces - 1) * piece.length);
      }
    }
  }

  @Test
  void callerThatLeavesEndsTheUpstreamRequest() throws Exception {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    CompletableFuture<Exception> ended = new CompletableFuture<>();
    try (StubUpstream upstream =
            new StubUpstream(
                UPSTREAM,
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  arrived.complete(null);
                  try {
                    while (true) {
                      exchange.getResponseBody().write(new byte[1024]);
                      exchange.getResponseBody().flush();
                    }
                  } catch (java.io.IOException e) {
                    ended.complete(e);
                  }
                });
        TestGateway gateway = new TestGateway(upstream.url())) {
      try (Socket socket = new Socket(TestGateway.ADDRESS, gateway.port())) {
        socket
            .getOutputStream()
            .write("GET /users/ HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        arrived.get(20, TimeUnit.SECONDS);
      }
      assertThat(ended.get(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void refusedUpstreamIsTheGatewaysOwnAnswer() throws Exception {
    String nobody = "http://" + UPSTREAM + ":" + 1;
    try (TestGateway gateway = new TestGateway(nobody);
        LiveEvents events = gateway.events()) {
      events.next("snapshot");
      HttpResponse<String> answer = gateway.get("/bookings/user/1");
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
      assertThat(answer.headers().firstValue("x-service-name")).hasValue("api-gateway");
      assertThat(answer.headers().firstValue("x-service-cluster")).as("none answered").isEmpty();
      assertThat(answer.headers().firstValue("x-pod-name")).isEmpty();
      JsonNode event = events.next("answer");
      assertThat(event.path("by").asText()).isEqualTo("gateway");
      assertThat(event.path("service").asText()).isEqualTo("booking-service");
      assertThat(event.path("status").asInt()).isEqualTo(502);
    }
  }

  @Test
  void silentUpstreamIsGivenUp() throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    try (StubUpstream upstream =
            new StubUpstream(UPSTREAM, exchange -> end.orTimeout(20, TimeUnit.SECONDS).join());
        TestGateway gateway = new TestGateway(upstream.url(), Map.of("UPSTREAM_TIMEOUT", "1"))) {
      assertThat(gateway.get("/users/").statusCode()).isEqualTo(504);
      end.complete(null);
    }
  }

  @Test
  void brokenAnswerBreaksOffForTheCallerToo() throws Exception {
    try (StubUpstream upstream =
            new StubUpstream(
                UPSTREAM,
                exchange -> {
                  exchange.sendResponseHeaders(200, 1000);
                  exchange.getResponseBody().write(new byte[10]);
                  exchange.getResponseBody().flush();
                });
        TestGateway gateway = new TestGateway(upstream.url())) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> gateway.get("/users/")))
          .isInstanceOf(java.io.IOException.class);
    }
  }

  @Test
  void bodiesAreLimited() throws Exception {
    try (StubUpstream upstream =
            new StubUpstream(
                UPSTREAM,
                exchange ->
                    StubUpstream.answer(
                        exchange,
                        200,
                        exchange.getRequestBody().readAllBytes().length + " bytes"));
        TestGateway gateway = new TestGateway(upstream.url())) {
      assertThat(gateway.send("POST", "/users", "x".repeat(1024 * 1024)).body())
          .isEqualTo("1048576 bytes");
      HttpResponse<String> refused = gateway.send("POST", "/users", "x".repeat(1024 * 1024 + 1));
      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(refused.headers().firstValue("connection")).contains("close");
      HttpRequest chunked =
          HttpRequest.newBuilder(gateway.uri("/users"))
              .POST(
                  HttpRequest.BodyPublishers.ofInputStream(() ->
                      new java.io.ByteArrayInputStream(
                          "y".repeat(500_000).getBytes(StandardCharsets.UTF_8))))
              .build();
      assertThat(gateway.http.send(chunked, BodyHandlers.ofString()).body())
          .isEqualTo("500000 bytes");
    }
  }

  @Test
  void otherPathsAreNotPassedOn() throws Exception {
    try (StubUpstream upstream =
            new StubUpstream(UPSTREAM, exchange -> StubUpstream.answer(exchange, 200, "upstream"));
        TestGateway gateway = new TestGateway(upstream.url())) {
      assertThat(gateway.get("/users").body()).isEqualTo("upstream");
      assertThat(gateway.get("/users?x=1").body()).isEqualTo("upstream");
      assertThat(gateway.get("/usersx").statusCode()).isEqualTo(404);
      assertThat(gateway.get("/nothing").statusCode()).isEqualTo(404);
      assertThat(gateway.get("/users/" + "x".repeat(9000)).statusCode()).isEqualTo(414);
    }
  }
}
