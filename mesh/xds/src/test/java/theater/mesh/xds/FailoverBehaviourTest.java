package theater.mesh.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a caller sees when pods of its context or the other context's gateway go away.
class FailoverBehaviourTest {
  private static final String WELL_HERE = "200 of ctx1";
  private static final String WELL_THERE = "200 of ctx2";
  private static final String SICK_HERE = "500 of ctx1";
  private static final String NOBODY = "503 no healthy upstream";
  private static final String EJECTIONS = "outlier_detection.ejections_enforced_consecutive_5xx";
  private static final String PANIC = "lb_healthy_panic";
  private static final String RETRIED = "upstream_rq_retry_success";
  private static final int MANY = 20;

  /// A learner's breaker; to be followed by a `loadBalancer`.
  private static final String BREAKER =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: user, namespace: shop}
      spec:
        host: user
        trafficPolicy:
          outlierDetection:
            consecutive5xxErrors: 2
            interval: 1s
            baseEjectionTime: 1s
            maxEjectionPercent: 100
      """;

  private static final String OWN_REGION_FIRST =
      """
      loadBalancer:
        localityLbSetting:
          enabled: true
          failover: [{from: ncp-kr, to: nhn-kr}]
      """
          .indent(4);
  private static final String HALF_AND_HALF = shares(50, 50);

  /// Two-sided 99 % of the normal distribution.
  private static final double Z99 = 2.576;

  private TwoContexts mesh;
  private boolean gatewayEnded;

  @BeforeEach
  void start() throws Exception {
    mesh = TwoContexts.shared();
    Until.holds(
        "both contexts answer, and nobody else",
        () -> answers(MANY).equals(Set.of(WELL_HERE, WELL_THERE)));
  }

  @AfterEach
  void restore() throws Exception {
    assertThat(mesh.first.server.acknowledged()).noneMatch(Acknowledgement::refused);
    assertThat(mesh.second.server.acknowledged()).noneMatch(Acknowledgement::refused);
    mesh.restore(gatewayEnded);
  }

  @Test
  void withoutRulesBothContextsAnswerTheOtherThroughItsGateway() throws Exception {
    long before = mesh.passedOn();
    List<Call> calls = new ArrayList<>();
    Until.holds(
        "both contexts were asked",
        () -> {
          calls.add(mesh.call());
          return calls.stream().map(FailoverBehaviourTest::text).distinct().count() == 2;
        });
    assertThat(calls).extracting(FailoverBehaviourTest::text).contains(WELL_HERE, WELL_THERE);
    assertThat(calls)
        .allSatisfy(call ->
            assertThat(call.body())
                .as("the caller's certificate as the user's own Envoy saw it")
                .contains("URI=spiffe://cluster.local/ns/shop/sa/client"));
    assertThat(mesh.passedOn()).isGreaterThan(before);
  }

  @Test
  void aSickPodIsEjectedTheOtherContextAnswersAndItComesBackWhenHealed() throws Exception {
    rule(OWN_REGION_FIRST);
    Until.holds("the own region answers", () -> answers(MANY).equals(Set.of(WELL_HERE)));
    assertThat(answers(MANY)).containsOnly(WELL_HERE);
    long ejections = mesh.stat(EJECTIONS);
    long before = mesh.passedOn();

    mesh.first.user.status(500);
    Until.holds("the sick one is left out", () -> answers(MANY).equals(Set.of(WELL_THERE)));
    assertThat(mesh.stat(EJECTIONS)).isGreaterThan(ejections);
    assertThat(mesh.passedOn()).isGreaterThan(before);

    mesh.first.user.status(200);
    Until.holds("it is taken back", () -> answers(MANY).equals(Set.of(WELL_HERE)));
    assertThat(answers(MANY)).containsOnly(WELL_HERE);
  }

  @Test
  void noCallFailsWhileTheOtherContextsGatewayIsAway() throws Exception {
    rule(HALF_AND_HALF);
    Until.holds("shares", () -> answers(MANY).equals(Set.of(WELL_HERE, WELL_THERE)));

    long retried = mesh.stat(RETRIED);
    endGateway();
    Set<String> seen = new TreeSet<>();
    Until.holds(
        "the gateway is ejected",
        () -> {
          seen.addAll(answers(1));
          return mesh.ejected(TwoContexts.REMOTE_GATEWAY);
        });
    seen.addAll(answers(MANY));
    assertThat(seen).containsOnly(WELL_HERE);
    assertThat(mesh.stat(RETRIED)).as("Istio's own retries hide it").isGreaterThan(retried);

    mesh.startGateway();
    gatewayEnded = false;
    Until.holds(
        "the other context answers again",
        () -> {
          seen.addAll(answers(1));
          return seen.size() > 1;
        });
    assertThat(seen).containsOnly(WELL_HERE, WELL_THERE);
  }

  /// Envoy: a priority is used as far as the ones before it are not well; with a panic threshold of
  /// 0 (minHealthPercent is not given) ejected endpoints are not asked, even if there are no
  /// others.
  @Test
  void withNoPlaceLeftEnvoyAnswersItselfUntilOneIsWell() throws Exception {
    rule(OWN_REGION_FIRST);
    Until.holds("the own region answers", () -> answers(MANY).equals(Set.of(WELL_HERE)));
    mesh.first.user.status(500);
    Until.holds("the other region answers", () -> answers(MANY).equals(Set.of(WELL_THERE)));

    long panic = mesh.stat(PANIC);
    endGateway();
    Set<String> seen = new TreeSet<>();
    Until.holds(
        "both are ejected",
        () -> {
          seen.addAll(answers(1));
          return seen.contains(NOBODY);
        });
    assertThat(seen)
        .allSatisfy(answer ->
            assertThat(answer)
                .matches("500 of ctx1|503 no healthy upstream|503 upstream connect error.*"));
    assertThat(mesh.stat(PANIC)).isEqualTo(panic);

    mesh.first.user.status(200);
    Until.holds("the own region is back", () -> answers(MANY).equals(Set.of(WELL_HERE)));
    assertThat(answers(MANY)).containsOnly(WELL_HERE);
  }

  /// Envoy: with fewer well ones than the panic threshold in all priorities together, ejected
  /// endpoints are asked as if they were well (panic).
  @Test
  void minHealthPercentKeepsSickPlacesInUseWhenNoPlaceIsWell() throws Exception {
    rule("      minHealthPercent: 50\n" + OWN_REGION_FIRST);
    Until.holds("the own region answers", () -> answers(MANY).equals(Set.of(WELL_HERE)));
    endGateway();
    mesh.first.user.status(500);
    Set<String> seen = new TreeSet<>();
    Until.holds(
        "a sick one is asked in panic",
        () -> {
          long before = mesh.stat(PANIC);
          Set<String> answer = answers(1);
          seen.addAll(answer);
          return mesh.stat(PANIC) > before && answer.equals(Set.of(SICK_HERE));
        });
    assertThat(seen).doesNotContain(NOBODY, WELL_THERE);
  }

  @ParameterizedTest
  @CsvSource({"50, 50", "80, 20", "5, 95"})
  void placesAreAskedByTheSharesThatAreWritten(int here, int there) throws Exception {
    rule(shares(here, there));
    int calls = 400;
    int counted = 0;
    for (int i = 0; i < calls; i++) {
      counted += text(mesh.call()).equals(WELL_HERE) ? 1 : 0;
    }
    double share = here / 100.0;
    assertThat(counted)
        .as("answers of the own context, of " + calls)
        .isCloseTo(
            (int) Math.round(calls * share),
            within((int) Math.ceil(Z99 * Math.sqrt(calls * share * (1 - share)))));
  }

  private static String shares(int here, int there) {
    return """
    loadBalancer:
      localityLbSetting:
        enabled: true
        distribute: [{from: "ncp-kr/*", to: {"ncp-kr/*": %d, "nhn-kr/*": %d}}]
    """
        .formatted(here, there)
        .indent(4);
  }

  private void rule(String loadBalancer) throws Exception {
    mesh.first.manifests.apply(BREAKER + loadBalancer);
    Until.holds("the breaker is there", mesh::breaker);
  }

  private void endGateway() {
    mesh.endGateway();
    gatewayEnded = true;
  }

  /// What a number of calls, one after the other, were answered with.
  private Set<String> answers(int calls) throws IOException, InterruptedException {
    Set<String> answers = new TreeSet<>();
    for (int i = 0; i < calls; i++) {
      answers.add(text(mesh.call()));
    }
    return answers;
  }

  /// `200 of ctx1`, or what Envoy says itself.
  private static String text(Call call) {
    return call.status()
        + " "
        + call.answer()
            .headers()
            .firstValue(UserProgram.CONTEXT)
            .map(context -> "of " + context)
            .orElse(call.body());
  }
}
