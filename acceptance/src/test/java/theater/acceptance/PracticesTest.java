package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Calls.Answer;
import theater.visitor.Context;
import theater.visitor.Theater;

/// Each practice applied with the real kubectl, and its outcome counted through real Envoys.
@ExtendWith(RunningTheater.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PracticesTest {
  private final Theater theater;

  PracticesTest(Theater theater) {
    this.theater = theater;
  }

  @AfterAll
  void backToTheStart() {
    theater.practice("01-initial");
  }

  @Test
  void initialWeightsAreWhatTheVirtualServicesSay() {
    theater.practice("01-initial");
    try (Calls calls = theater.calls()) {
      Await.until(
          "weights 70/30",
          Duration.ofSeconds(5),
          () -> Injected.canaryGoesTo(calls, "/users/", "ctx2"));
      Share.assertWithin99(
          "users on ctx1",
          0.7,
          1000,
          n -> calls.count(n, "/users/", a -> a.context().equals("ctx1")));
      Share.assertWithin99(
          "movies on ctx1",
          0.3,
          1000,
          n -> calls.count(n, "/movies/", a -> a.context().equals("ctx1")));
      Share.assertWithin99(
          "bookings on ctx1",
          0.5,
          1000,
          n -> calls.count(n, "/bookings/", a -> a.context().equals("ctx1")));
    }
  }

  @Test
  void canaryHeaderPicksTheCluster() {
    theater.practice("01-initial");
    try (Calls calls = theater.calls()) {
      Await.until(
          "canary rule",
          Duration.ofSeconds(5),
          () -> Injected.canaryGoesTo(calls, "/users/", "ctx2"));
      for (String[] expected :
          new String[][] {{"/users/", "ctx2"}, {"/movies/", "ctx1"}, {"/bookings/", "ctx1"}}) {
        assertThat(calls.many(40, 4, expected[0], "x-canary", "true"))
            .extracting(Answer::context)
            .containsOnly(expected[1]);
      }
    }
  }

  @Test
  void delayFaultHoldsThirtyPercentOfMovieCallsForThreeSeconds() {
    theater.practice("03-delay-fault");
    try (Calls calls = theater.calls()) {
      Await.until("the delay", Duration.ofSeconds(60), () -> Injected.slow(calls.get("/movies/")));
      Share.assertWithin99(
          "delayed movie calls", 0.3, 300, n -> Injected.slowOf(calls.many(n, 40, "/movies/")));
      List<Answer> target = calls.many(300, 60, "/movies/", "x-target", "ctx2");
      assertThat(target).extracting(Answer::context).containsOnly("ctx2");
      Share.assertWithin99(
          "delayed calls of ctx2",
          0.7,
          300,
          n -> Injected.slowOf(calls.many(n, 60, "/movies/", "x-target", "ctx2")));
      assertThat(Injected.slowOf(calls.many(50, 10, "/users/")))
          .as("users are not delayed")
          .isZero();
    }
  }

  @Test
  void errorFaultAbortsInTheCallersEnvoy() {
    theater.practice("04-error-fault");
    try (Calls calls = theater.calls()) {
      Await.until("the abort", Duration.ofSeconds(30), () -> calls.get("/users/").status() == 500);
      Share.assertWithin99(
          "aborted user calls", 0.3, 600, n -> calls.count(n, "/users/", Injected::aborted));
      Share.assertWithin99(
          "aborted with x-circuit-test",
          0.9,
          300,
          n -> calls.count(n, "/users/", Injected::aborted, "x-circuit-test", "true"));
    }
  }

  @Test
  void blockFaultKeepsBookingsOnCtx1() {
    theater.practice("05-block-fault");
    try (Calls calls = theater.calls()) {
      Await.until(
          "the block",
          Duration.ofSeconds(10),
          () -> calls.count(20, "/bookings/", a -> a.context().equals("ctx2")) == 0);
      List<Answer> answers = calls.many(300, 8, "/bookings/");
      assertThat(answers).extracting(Answer::status).containsOnly(200);
      assertThat(answers).extracting(Answer::context).containsOnly("ctx1");
    }
  }

  @Test
  void packagesReplaceEachOtherInAnyOrder() throws IOException {
    List<String> order =
        new ArrayList<>(
            List.of(
                "99-scenarios",
                "02-circuit-breaker",
                "05-block-fault",
                "03-delay-fault",
                "04-error-fault",
                "01-initial"));
    Collections.shuffle(order);
    order.add("01-initial");
    for (String practice : order) {
      theater.practice(practice);
      Map<String, JsonNode> written =
          rules(theater.kubectl("kustomize", "practice/" + practice).ok().out());
      assertThat(written.keySet())
          .allMatch(name -> name.matches("(user|movie|booking)-service-(vs|dr)"));
      for (Context context : List.of(theater.ctx1(), theater.ctx2())) {
        JsonNode list = new ObjectMapper().readTree(context.kubectl("get", "vs,dr", "-o", "json"));
        Map<String, JsonNode> stored = new HashMap<>();
        list.path("items")
            .forEach(rule -> stored.put(rule.at("/metadata/name").asText(), rule.path("spec")));
        assertThat(stored)
            .as("%s in %s, of %s", practice, context.name(), order)
            .isEqualTo(written);
      }
    }
    try (Calls calls = theater.calls()) {
      Share.assertWithin99(
          "users on ctx1 after all of them",
          0.7,
          600,
          n -> calls.count(n, "/users/", a -> a.context().equals("ctx1")));
    }
  }

  /// The spec of each rule by its name.
  private static Map<String, JsonNode> rules(String yaml) throws IOException {
    Map<String, JsonNode> specs = new HashMap<>();
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(yaml)) {
      documents.forEachRemaining(
          rule -> specs.put(rule.at("/metadata/name").asText(), rule.path("spec")));
    }
    return specs;
  }
}
