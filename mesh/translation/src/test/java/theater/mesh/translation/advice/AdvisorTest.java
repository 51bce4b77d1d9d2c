package theater.mesh.translation.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import theater.mesh.translation.Cinema;
import theater.mesh.view.ConfigObject;

class AdvisorTest {
  private static final String RULE =
      """
      apiVersion: networking.istio.io/v1
      kind: %s
      metadata: {name: %s}
      spec:
      """;

  @Test
  void twoLocalPodsAndHalfOfThemCanBeEjected() {
    assertThat(breaker("maxEjectionPercent: 50", "cluster: ctx1")).doesNotContain("T004");
  }

  @Test
  void ofOneEndpointHalfIsNobody() {
    assertThat(breaker("maxEjectionPercent: 50", "cluster: ctx1, version: v1")).contains("T004");
  }

  @Test
  void theOtherContextIsOneEndpoint() {
    assertThat(breaker("maxEjectionPercent: 50", "cluster: ctx2")).contains("T004");
    assertThat(breaker("maxEjectionPercent: 100", "cluster: ctx2")).doesNotContain("T004");
  }

  @Test
  void aRuleThatBothContextsHaveIsNoNews() {
    ConfigObject rule =
        object(
            "VirtualService",
            "a",
            "  hosts: [user-service]\n  http: [{route: [{destination: {host: user-service}}]}]\n");
    assertThat(codes(rule, List.of(), Map.of("ctx2", List.of(rule)))).isEmpty();
    assertThat(codes(rule, List.of(), Map.of("ctx2", List.of()))).containsExactly("T007");
  }

  @Test
  void aContextThatCannotBeAskedIsNotSpokenOf() {
    ConfigObject rule =
        object(
            "VirtualService",
            "a",
            "  hosts: [user-service]\n  http: [{route: [{destination: {host: user-service}}]}]\n");
    assertThat(codes(rule, List.of(), Map.of())).isEmpty();
  }

  @Test
  void anObjectIsNotItsOwnRival() {
    ConfigObject rule =
        object(
            "DestinationRule",
            "a",
            "  host: user-service\n  trafficPolicy: {loadBalancer: {simple: RANDOM}}\n");
    assertThat(codes(rule, List.of(rule), Map.of())).isEmpty();
  }

  @Test
  void oneLineACodeAndFiveAtMost() {
    ConfigObject rule =
        object(
            "VirtualService",
            "a",
            """
              hosts: [user-service]
              http:
              - fault: {abort: {httpStatus: 500}, delay: {fixedDelay: 1s}}
                route: [{destination: {host: user-service}}]
            """);
    List<Advised> advised = new Advisor().advise(rule, known(List.of(), Map.of()));
    assertThat(advised).hasSize(2);
    assertThat(Advisor.lines(advised, Locale.ENGLISH)).hasSize(1);
  }

  @Test
  void aSubsetIsSomebodysWhoeverWroteIt() {
    ConfigObject route = subsetRoute("user-service", "a");
    ConfigObject all = object("DestinationRule", "b", "  host: '*'\n  subsets: [{name: a}]\n");
    ConfigObject other =
        object("DestinationRule", "c", "  host: user-service\n  subsets: [{name: b}]\n");
    assertThat(codes(route, List.of(other), Map.of())).containsExactly("T017");
    assertThat(codes(route, List.of(), Map.of())).containsExactly("T017");
    assertThat(codes(route, List.of(other, all), Map.of())).isEmpty();
    assertThat(codes(subsetRoute("nobody", "a"), List.of(), Map.of())).isEmpty();
  }

  private static ConfigObject subsetRoute(String host, String subset) {
    return object(
        "VirtualService",
        "v",
        "  hosts: [user-service]\n  tcp: [{route: [{destination: {host: %s, subset: %s}}]}]\n"
            .formatted(host, subset));
  }

  @Test
  void theBreakerMayComeAfterTheFaultAndTheRetries() {
    ConfigObject routes =
        object(
            "VirtualService",
            "a",
            """
              hosts: [user-service]
              http:
              - fault: {abort: {httpStatus: 500, percentage: {value: 1}}}
                retries: {attempts: 2, retryOn: 5xx}
                route: [{destination: {host: user-service}}]
            """);
    ConfigObject breaker =
        object(
            "DestinationRule",
            "b",
            "  host: user-service\n  trafficPolicy: {outlierDetection: {maxEjectionPercent: 100}}\n");
    assertThat(codes(breaker, List.of(routes), Map.of())).contains("T003", "T015");
    assertThat(codes(breaker, List.of(), Map.of())).doesNotContain("T003", "T015");
  }

  @Test
  void aSubsetsBreakerSwitchesFailoverOnWhereTheSubsetIsSpread() {
    String rule =
        """
          host: user-service
          subsets:
          - name: one
            labels: {%s}
            trafficPolicy: {outlierDetection: {maxEjectionPercent: 100}}
        """;
    assertThat(
            codes(
                object("DestinationRule", "a", rule.formatted("version: v1")), List.of(), Map.of()))
        .contains("T005");
    assertThat(
            codes(
                object("DestinationRule", "a", rule.formatted("cluster: ctx1")),
                List.of(),
                Map.of()))
        .doesNotContain("T005");
  }

  private static List<String> breaker(String limit, String labels) {
    return codes(
        object(
            "DestinationRule",
            "a",
            "  host: user-service\n  trafficPolicy: {outlierDetection: {consecutive5xxErrors: 2, "
                + limit
                + "}}\n  subsets: [{name: one, labels: {"
                + labels
                + "}}]\n"),
        List.of(),
        Map.of());
  }

  private static List<String> codes(
      ConfigObject object, List<ConfigObject> there, Map<String, List<ConfigObject>> elsewhere) {
    return new Advisor()
        .advise(object, known(there, elsewhere)).stream().map(Advised::code).toList();
  }

  private static Known known(List<ConfigObject> there, Map<String, List<ConfigObject>> elsewhere) {
    return Known.of(Cinema.view(there), elsewhere);
  }

  private static ConfigObject object(String kind, String name, String spec) {
    return Cinema.objects(RULE.formatted(kind, name) + spec).getFirst();
  }
}
