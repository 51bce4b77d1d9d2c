package theater.mesh.explain.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.mesh.explain.Envoys;
import theater.mesh.explain.Town;
import theater.mesh.explain.walk.Explanation.Arrival;
import theater.mesh.explain.walk.Explanation.Branch;
import theater.mesh.explain.walk.Explanation.Leg;
import theater.mesh.explain.walk.Explanation.Outcome;
import theater.mesh.explain.walk.Explanation.Rule;
import theater.mesh.explain.walk.Explanation.Target;

/// Requests of the front to the shop, under rules.
class WalkerTest {
  private static final String SUBSETS =
      """
      kind: DestinationRule
      name: shop-dr
      spec:
        host: shop
        subsets:
        - {name: ctx1, labels: {cluster: ctx1}}
        - {name: ctx2, labels: {cluster: ctx2}}
      """;
  private static final String CANARY =
      SUBSETS
          + """
          ---
          kind: VirtualService
          name: shop-vs
          spec:
            hosts: [shop]
            http:
            - match: [{headers: {x-canary: {exact: "true"}}}]
              route: [{destination: {host: shop, subset: ctx2}}]
            - route:
              - {destination: {host: shop, subset: ctx1}, weight: 70}
              - {destination: {host: shop, subset: ctx2}, weight: 30}
          """;

  private static Leg ask(String yaml, String url, String... headers) {
    return ask(yaml, EnvoyHosts.UNKNOWN, url, headers);
  }

  private static Leg ask(String yaml, EnvoyHosts hosts, String url, String... headers) {
    Envoys envoys =
        new Envoys()
            .connect(Town.FRONT, Town.SHOP_A, Town.SHOP_B)
            .push(Town.view(yaml, Town.SHOP_A, Town.SHOP_B, Town.SHOP_C));
    OtherContexts there =
        (context, sni, identity, question) ->
            List.of(new Arrival(context, "shop-c", "in", List.of()));
    return new Walker(envoys.journal, hosts, there, Onward.NOWHERE, envoys.clock())
        .explain(url, Question.parse("GET", url, List.of(headers)), "front")
        .legs()
        .getFirst();
  }

  private static String http(String http) {
    return SUBSETS
        + "---\nkind: VirtualService\nname: shop-vs\nspec:\n  hosts: [shop]\n  http:\n"
        + http.indent(2);
  }

  @Test
  void matchedRuleAndThoseBeforeItAreNamedWithTheirPlaces() {
    Leg leg = ask(CANARY, "http://shop:8081/");
    assertThat(leg.listener()).isEqualTo("127.1.4.12_8081");
    assertThat(leg.virtualHost()).isEqualTo(Town.SHOP + ":8081");
    assertThat(leg.rules())
        .extracting(Rule::taken, Rule::object, Rule::path, Rule::match)
        .containsExactly(
            tuple(false, "VirtualService town/shop-vs", "spec.http[0]", "spec.http[0].match[0]"),
            tuple(true, "VirtualService town/shop-vs", "spec.http[1]", ""));
    assertThat(leg.rules().getFirst().conditions().getLast().what()).isEqualTo("header x-canary");
    assertThat(leg.rules().getFirst().conditions().getLast().met()).isFalse();
  }

  @Test
  void allBranchesAreToldWithTheirShareAndPlace() {
    Leg leg = ask(CANARY, "http://shop:8081/");
    assertThat(leg.branches())
        .extracting(Branch::subset, Branch::percent, Branch::path, Branch::subsetOf)
        .containsExactly(
            tuple(
                "ctx1",
                70.0,
                "spec.http[1].route[0]",
                "DestinationRule town/shop-dr spec.subsets[0]"),
            tuple(
                "ctx2",
                30.0,
                "spec.http[1].route[1]",
                "DestinationRule town/shop-dr spec.subsets[1]"));
    assertThat(leg.branches().getFirst().targets())
        .extracting(Target::kind, Target::name, Target::mutual)
        .containsExactly(tuple("pod", "shop-a", true), tuple("pod", "shop-b", true));
    assertThat(leg.branches().getLast().targets())
        .extracting(Target::kind, Target::name)
        .containsExactly(tuple("gateway", "ctx2"));
    assertThat(leg.outcomes()).extracting(Outcome::by).containsOnly("service");
    assertThat(leg.outcomes().stream().mapToDouble(Outcome::percent).sum()).isEqualTo(100);
  }

  @Test
  void headerPicksTheFirstRule() {
    Leg leg = ask(CANARY, "http://shop:8081/", "X-Canary: true");
    assertThat(leg.rules()).hasSize(1);
    assertThat(leg.branches()).extracting(Branch::subset).containsExactly("ctx2");
  }

  @Test
  void abortTakesItsShareAndBranchesTheRest() {
    Leg leg =
        ask(
            http(
                """
                - fault: {abort: {httpStatus: 500, percentage: {value: 40}}, delay: {fixedDelay: 3s, percentage: {value: 30}}}
                  route: [{destination: {host: shop, subset: ctx1}}]
                """),
            "http://shop:8081/");
    assertThat(leg.action().delay()).isEqualTo(new Explanation.Delay(30, "3s"));
    assertThat(leg.outcomes())
        .extracting(Outcome::percent, Outcome::status, Outcome::flag)
        .containsExactly(tuple(40.0, 500, "FI"), tuple(60.0, 0, ""));
  }

  @Test
  void subsetThatNoRuleMakesHasNoCluster() {
    Leg leg =
        ask(http("- route: [{destination: {host: shop, subset: nowhere}}]\n"), "http://shop:8081/");
    assertThat(leg.branches().getFirst().exists()).isFalse();
    assertThat(leg.outcomes())
        .extracting(Outcome::status, Outcome::flag, Outcome::reason)
        .containsExactly(tuple(503, "NC", "no-cluster"));
  }

  @Test
  void unknownHostHeaderIsAnsweredByTheEnvoyItself() {
    Leg leg = ask(CANARY, "http://shop:8081/", "Host: elsewhere");
    assertThat(leg.virtualHost()).isEqualTo("block_all");
    assertThat(leg.outcomes()).extracting(Outcome::status).containsExactly(502);
  }

  @ParameterizedTest
  @CsvSource({
    "http://shop:9999/, no-listener",
    "http://nobody:8081/, unknown-name",
    "http://127.1.5.1:8081/, past-the-sidecar"
  })
  void callsThatMeetNoListenerSayWhy(String url, String reason) {
    Leg leg = ask(CANARY, url);
    assertThat(leg.outcomes())
        .extracting(Outcome::by, Outcome::reason)
        .containsExactly(tuple("program", reason));
  }

  @Test
  void ejectedPodIsNotUsed() {
    EnvoyHosts hosts =
        (proxy, cluster) ->
            Map.of("127.1.5.1:8081", new EnvoyHosts.Health(true, "failed_outlier_check"));
    Leg leg =
        ask(
            http("- route: [{destination: {host: shop, subset: ctx1}}]\n"),
            hosts,
            "http://shop:8081/");
    assertThat(leg.branches().getFirst().targets())
        .extracting(Target::name, Target::ejected, Target::used)
        .containsExactly(tuple("shop-a", true, false), tuple("shop-b", false, true));
    assertThat(leg.outcomes().getFirst().where()).containsExactly("shop-b");
  }

  @Test
  void rulesForOthersAreToldAsMissing() {
    Leg leg =
        ask(
            http(
                """
                - match: [{sourceLabels: {app: nobody}}]
                  route: [{destination: {host: shop, subset: ctx2}}]
                - route: [{destination: {host: shop, subset: ctx1}}]
                - match: [{uri: {prefix: /late}}]
                  route: [{destination: {host: shop, subset: ctx2}}]
                """),
            "http://shop:8081/");
    assertThat(leg.rules()).hasSize(1);
    assertThat(leg.omitted())
        .extracting(Explanation.Omitted::path, Explanation.Omitted::reason)
        .containsExactly(
            tuple("spec.http[0]", "not-for-this-caller"),
            tuple("spec.http[2]", "behind-catch-all"));
  }

  @ParameterizedTest
  @CsvSource({"/shelf/1, in, allow passed", "/office, denied, allow refused"})
  void policyAtTheServerDecides(String path, String verdict, String check) {
    Leg leg =
        ask(
            """
            kind: AuthorizationPolicy
            spec:
              action: ALLOW
              rules:
              - from: [{source: {principals: ["cluster.local/ns/town/sa/front-sa"]}}]
                to: [{operation: {paths: ["/shelf/*"], methods: [GET]}}]
            """,
            "http://shop:8081" + path);
    Arrival arrival =
        leg.branches().getFirst().arrivals().stream()
            .filter(it -> it.pod().equals("shop-a"))
            .findFirst()
            .orElseThrow();
    assertThat(arrival.verdict()).isEqualTo(verdict);
    assertThat(arrival.steps().getLast().what() + " " + arrival.steps().getLast().result())
        .isEqualTo(check);
  }

  @Test
  void resourceThatWasRefusedIsToldAndTheOldOneActs() {
    Envoys envoys =
        new Envoys()
            .connect(Town.FRONT)
            .push(Town.view(CANARY, Town.SHOP_A))
            .refuse("Proto constraint validation failed")
            .push(Town.view(CANARY.replace("weight: 70", "weight: 10"), Town.SHOP_A));
    Leg leg =
        new Walker(
                envoys.journal,
                EnvoyHosts.UNKNOWN,
                OtherContexts.UNKNOWN,
                Onward.NOWHERE,
                envoys.clock())
            .explain("", Question.parse("GET", "http://shop:8081/", List.of()), "front")
            .legs()
            .getFirst();
    assertThat(leg.branches()).extracting(Branch::percent).containsExactly(70.0, 30.0);
    assertThat(leg.refused())
        .extracting(Explanation.Refusal::kind, Explanation.Refusal::reason)
        .containsExactly(tuple("route", "bad-value"));
  }

  @Test
  void callerThatIsNotThereIsNamedWithThoseWhoAre() {
    Envoys envoys = new Envoys().connect(Town.FRONT).push(Town.view("", Town.SHOP_A));
    Walker walker =
        new Walker(
            envoys.journal,
            EnvoyHosts.UNKNOWN,
            OtherContexts.UNKNOWN,
            Onward.NOWHERE,
            envoys.clock());
    Question question = Question.parse("GET", "http://shop:8081/", List.of());
    assertThatThrownBy(() -> walker.explain("", question, "back"))
        .hasMessage(
            "no Envoy of \"back\" is connected in ctx1; expected one of front, or a pod's name");
  }
}
