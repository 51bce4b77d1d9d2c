package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.visitor.Calls;
import theater.visitor.Calls.Answer;
import theater.visitor.Theater;

/// What `explain` says is what real Envoys do.
@ExtendWith(RunningTheater.class)
class ExplainTest {
  private final Theater theater;
  private final Explained explained;

  ExplainTest(Theater theater) {
    this.theater = theater;
    this.explained = new Explained(theater);
  }

  @AfterEach
  void backToTheStart() {
    theater.kubectl(
        "--context", "ctx1", "delete", "authorizationpolicy", "--all", "-n", "theater-msa");
    theater.practice("01-initial");
  }

  private static Set<String> answering(List<Answer> answers) {
    Set<String> result = new TreeSet<>();
    answers.forEach(it -> result.add(it.context().equals("ctx2") ? "ctx2" : it.pod()));
    return result;
  }

  @ParameterizedTest
  @CsvSource({"/users/, x-none, 1", "/users/, x-canary, true"})
  void whoAnswersIsWhoWasSaid(String path, String header, String value) {
    JsonNode leg = explained.users(path, header, value);
    assertThat(leg.path("outcomes").findValuesAsText("reason")).containsOnly("service");
    try (Calls calls = theater.calls()) {
      assertThat(answering(calls.many(200, 8, path, header, value)))
          .isEqualTo(Explained.targets(leg));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/users/, x-color, blue, 0",
    "/users/, x-color, blueish, 3",
    "/users/, x-shade, darkgreen42, 1",
    "/users/1, x-none, -, 2",
    "/users/, x-none, -, 3",
    "/users, x-none, -, 3"
  })
  void ruleThatActsIsTheOneThatWasSaid(String path, String header, String value, int rule) {
    explained.rules(
        """
        - match: [{headers: {x-color: {exact: blue}}}]
          fault: {abort: {httpStatus: 471, percentage: {value: 100}}}
          route: [{destination: {host: user-service}}]
        - match: [{headers: {x-shade: {regex: "dark[a-z]+\\\\d{2}"}}}]
          fault: {abort: {httpStatus: 472, percentage: {value: 100}}}
          route: [{destination: {host: user-service}}]
        - match: [{uri: {exact: /users/1}, method: {exact: GET}}]
          fault: {abort: {httpStatus: 473, percentage: {value: 100}}}
          route: [{destination: {host: user-service}}]
        - match: [{uri: {prefix: /users}}]
          fault: {abort: {httpStatus: 474, percentage: {value: 100}}}
          route: [{destination: {host: user-service}}]
        """);
    JsonNode leg = explained.users(path, header, value);
    JsonNode taken = leg.path("rules").get(leg.path("rules").size() - 1);
    assertThat(taken.path("path").asText()).isEqualTo("spec.http[" + rule + "]");
    assertThat(leg.path("outcomes").get(0).path("status").asInt()).isEqualTo(471 + rule);
    assertThat(leg.path("outcomes").get(0).path("flag").asText()).isEqualTo("FI");
    try (Calls calls = theater.calls()) {
      assertThat(calls.get(path, header, value).status()).isEqualTo(471 + rule);
    }
  }

  @Test
  void methodDecides() {
    explained.rules(
        """
        - match: [{method: {exact: DELETE}}]
          directResponse: {status: 405}
        - route: [{destination: {host: user-service, subset: ctx1}}]
        """);
    JsonNode delete =
        explained.explain("DELETE", "http://user-service:8081/users/1").path("legs").get(0);
    assertThat(delete.path("outcomes").get(0).path("status").asInt()).isEqualTo(405);
    assertThat(delete.path("outcomes").get(0).path("reason").asText()).isEqualTo("direct-response");
    try (Calls calls = theater.calls()) {
      assertThat(calls.send("DELETE", "/users/1", null).status()).isEqualTo(405);
      assertThat(explained.users("/users/").path("outcomes").get(0).path("by").asText())
          .isEqualTo("service");
      assertThat(calls.get("/users/").status()).isEqualTo(200);
    }
  }

  @Test
  void subsetThatIsMissingIsAnEmpty503() {
    explained.rules("- route: [{destination: {host: user-service, subset: nowhere}}]\n");
    JsonNode outcome = explained.users("/users/").path("outcomes").get(0);
    assertThat(outcome.path("flag").asText()).isEqualTo("NC");
    try (Calls calls = theater.calls()) {
      Answer answer = calls.get("/users/");
      assertThat(answer.status()).isEqualTo(outcome.path("status").asInt());
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void rulesWithoutACatchAllLeave404() {
    explained.rules(
        """
        - match: [{uri: {prefix: /nothing}}]
          route: [{destination: {host: user-service}}]
        """);
    JsonNode outcome = explained.users("/users/").path("outcomes").get(0);
    assertThat(outcome.path("flag").asText()).isEqualTo("NR");
    try (Calls calls = theater.calls()) {
      assertThat(calls.get("/users/").status()).isEqualTo(outcome.path("status").asInt());
    }
  }

  @Test
  void policyAtTheServersSidecarIsFollowedThere() {
    theater
        .ctx1()
        .apply(
            """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: no-movies-one}
            spec:
              selector: {matchLabels: {app: movie-service}}
              action: DENY
              rules: [{to: [{operation: {paths: ["/movies/1"]}}]}]
            """)
        .ok();
    explained.taken("authorizationpolicy", "no-movies-one");
    // The canary of movies goes to ctx1, where the policy is.
    JsonNode leg =
        explained
            .explain("GET", "http://movie-service:8082/movies/1", "-H", "x-canary: true")
            .path("legs")
            .get(0);
    assertThat(leg.path("outcomes").findValuesAsText("reason")).containsOnly("denied");
    JsonNode other =
        explained
            .explain("GET", "http://movie-service:8082/movies/2", "-H", "x-canary: true")
            .path("legs")
            .get(0);
    assertThat(other.path("outcomes").findValuesAsText("reason")).containsOnly("service");
    try (Calls calls = theater.calls()) {
      assertThat(calls.get("/movies/1", "x-canary", "true").status()).isEqualTo(403);
      assertThat(calls.get("/movies/2", "x-canary", "true").status()).isEqualTo(200);
    }
  }

  @Test
  void requestFromOutsideHasTwoLegs() {
    JsonNode legs =
        explained.explain("GET", theater.address() + "/users/", "--from", "ingress").path("legs");
    assertThat(legs).hasSize(2);
    assertThat(legs.get(0).path("caller").path("name").asText()).isEqualTo("ingress");
    assertThat(legs.get(1).path("caller").path("name").asText()).isEqualTo("api-gateway");
    assertThat(legs.get(1).path("rules").findValuesAsText("object"))
        .containsOnly("VirtualService theater-msa/user-service-vs");
  }
}
