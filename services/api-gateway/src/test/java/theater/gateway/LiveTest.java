package theater.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What open pages are told.
class LiveTest {

  @Test
  void pageGetsTheNewestAnswersAndThenEachOneLive() throws Exception {
    try (StubUpstream upstream =
            new StubUpstream(
                "127.162.2.2",
                exchange -> {
                  if (exchange.getRequestURI().getPath().equals("/users/fault")) {
                    StubUpstream.plain(exchange, 500, "fault filter abort");
                  } else {
                    StubUpstream.answer(exchange, 200, "[]");
                  }
                });
        TestGateway gateway = new TestGateway(upstream.url())) {
      for (int i = 0; i < 105; i++) {
        gateway.get("/users/" + i);
      }
      try (LiveEvents events = gateway.events()) {
        JsonNode snapshot = events.next("snapshot");
        assertThat(snapshot.path("answers")).hasSize(100);
        assertThat(snapshot.at("/answers/0/path").asText()).isEqualTo("/users/5");
        assertThat(snapshot.at("/answers/99/seq").asLong()).isEqualTo(105);
        assertThat(snapshot.path("ejections").isArray()).isTrue();
        gateway.get(
            "/movies/<script>?q=1".replace("<", "%3C").replace(">", "%3E"), "x-canary", "true");
        JsonNode answer = events.next("answer");
        assertThat(answer.path("by").asText()).isEqualTo("service");
        assertThat(answer.path("context").asText()).isEqualTo("ctx1");
        assertThat(answer.path("pod").asText()).isEqualTo("user-service-1");
        assertThat(answer.path("service").asText()).isEqualTo("movie-service");
        assertThat(answer.path("path").asText()).isEqualTo("/movies/%3Cscript%3E");
        assertThat(answer.path("canary").asBoolean()).isTrue();
        assertThat(answer.path("durationMs").asDouble()).isPositive();
        gateway.get("/users/fault");
        JsonNode fault = events.next("answer");
        assertThat(fault.path("by").asText()).isEqualTo("envoy");
        assertThat(fault.path("flag").asText()).isEqualTo("FI");
        assertThat(fault.path("envoy").asText()).isEqualTo("caller");
        assertThat(fault.path("text").asText()).isEqualTo("fault filter abort");
      }
    }
  }

  @Test
  void slowPageLosesTheOldestAndHoldsNobodyUp() throws Exception {
    // About a kilobyte for each event, so that the kernel's buffers are full soon.
    String text = "가".repeat(200);
    int requests = 8000;
    try (StubUpstream upstream =
            new StubUpstream("127.162.2.2", exchange -> StubUpstream.plain(exchange, 500, text));
        TestGateway gateway = new TestGateway(upstream.url());
        LiveEvents slow = gateway.events();
        LiveEvents quick = gateway.events()) {
      Set<Long> seen = new HashSet<>();
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (seen.add(quick.next("answer").path("seq").asLong())
                      && seen.size() < requests) {}
                } catch (java.io.IOException e) {
                  seen.clear();
                }
              });
      for (int i = 0; i < requests; i++) {
        gateway.get("/users/" + "x".repeat(190));
      }
      reader.join();
      assertThat(seen).hasSize(requests);
      long last = 0;
      int count = 0;
      while (last < requests) {
        last = slow.next("answer").path("seq").asLong();
        count++;
      }
      assertThat(count).isLessThan(requests);
    }
  }
}
