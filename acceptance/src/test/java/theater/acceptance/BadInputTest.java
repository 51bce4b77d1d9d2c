package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// What people get wrong, and what they are told.
@ExtendWith(RunningTheater.class)
class BadInputTest {
  private final Theater theater;

  BadInputTest(Theater theater) {
    this.theater = theater;
  }

  @AfterEach
  void backToTheStart() {
    theater.practice("01-initial");
  }

  private Shell.Outcome apply(String yaml) {
    return theater.ctx1().apply(yaml);
  }

  private static String users(String http) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: user-service-vs}
    spec:
      hosts: [user-service]
      http:
      - %s
    """
        .formatted(http);
  }

  @Test
  void typoIsRefusedNamingTheField() {
    Shell.Outcome typo = apply(users("rout: [{destination: {host: user-service}}]"));
    assertThat(typo.exit()).isEqualTo(1);
    assertThat(typo.err()).contains("strict decoding error: unknown field \"spec.http[0].rout\"");
  }

  @Test
  void wrongTypeIsRefusedNamingFieldAndValue() {
    Shell.Outcome type = apply(users("route: [{destination: {host: user-service}, weight: many}]"));
    assertThat(type.exit()).isEqualTo(1);
    assertThat(type.err()).contains("spec.http[0].route[0].weight", "must be of type integer");
  }

  @Test
  void missingFieldIsRefusedNamingIt() {
    Shell.Outcome missing = apply(users("route: [{destination: {subset: ctx1}}]"));
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.err()).contains("spec.http[0].route[0].destination.host", "Required value");
  }

  @Test
  void everyVersionOfTheApiIsAcceptedAndFollowed() {
    try (Calls calls = theater.calls()) {
      for (String[] rule :
          new String[][] {{"v1alpha3", "ctx2"}, {"v1beta1", "ctx1"}, {"v1", "ctx2"}}) {
        apply(
                users("route: [{destination: {host: user-service, subset: " + rule[1] + "}}]")
                    .replace("networking.istio.io/v1", "networking.istio.io/" + rule[0]))
            .ok();
        Await.until(
            rule[0] + " leads to " + rule[1],
            Duration.ofSeconds(10),
            () -> calls.count(20, "/users/", a -> a.context().equals(rule[1])) == 20);
      }
    }
  }

  @Test
  void whatIstiosWebhookRefusesIsRefusedWithItsWords() {
    assertThat(apply(users("timeout: 5s")).err())
        .contains(
            "admission webhook \"validation.istio.io\" denied the request",
            "HTTP route, redirect or direct_response is required");
  }

  @Test
  void subsetThatDoesNotExistBecomesAnEmpty503() {
    apply(users("route: [{destination: {host: user-service, subset: nowhere}}]")).ok();
    try (Calls calls = theater.calls()) {
      Await.until("503", Duration.ofSeconds(5), () -> calls.get("/users/").status() == 503);
      Calls.Answer answer = calls.get("/users/");
      assertThat(answer.context()).as("no cluster answered").isEmpty();
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void ruleForAnUnknownHostChangesNothing() {
    String rule =
        users("route: [{destination: {host: nobody}}]")
            .replace("hosts: [user-service]", "hosts: [nobody]")
            .replace("user-service-vs", "nobody-vs");
    apply(rule).ok();
    try (Calls calls = theater.calls()) {
      assertThat(calls.many(60, 6, "/users/")).extracting(Calls.Answer::status).containsOnly(200);
    } finally {
      theater.kubectl("--context", "ctx1", "delete", "vs", "nobody-vs", "-n", "theater-msa").ok();
    }
  }

  @Test
  void markupInNamesIsText() {
    try (Calls calls = theater.calls()) {
      Calls.Answer created =
          calls.send(
              "POST",
              "/users/",
              "{\"name\":\"<script>alert(1)</script>\",\"email\":\"x@example.com\"}");
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.header("content-type")).contains("application/json");
      assertThat(calls.get(created.header("location")).body())
          .contains("<script>alert(1)</script>");
    }
  }
}
