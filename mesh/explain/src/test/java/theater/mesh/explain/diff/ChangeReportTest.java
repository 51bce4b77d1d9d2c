package theater.mesh.explain.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import theater.mesh.explain.Envoys;
import theater.mesh.explain.Town;
import theater.mesh.view.MeshView;

class ChangeReportTest {
  private static final String RULES =
      """
      kind: DestinationRule
      name: shop-dr
      spec:
        host: shop
        subsets: [{name: ctx1, labels: {cluster: ctx1}}, {name: ctx2, labels: {cluster: ctx2}}]
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

  private static ChangeReport after(MeshView next) {
    Envoys envoys =
        new Envoys()
            .connect(Town.FRONT, Town.SHOP_A)
            .push(Town.view(RULES, Town.SHOP_A, Town.SHOP_C))
            .later(Duration.ofMinutes(1))
            .push(next);
    return ChangeReport.of(envoys.journal.last(1, true).getFirst(), envoys.journal);
  }

  private static List<String> words(ChangeReport report) {
    return report.resources().stream()
        .flatMap(resource -> resource.differences().stream())
        .map(it -> it.path() + " " + it.what() + " " + it.of() + ": " + it.from() + " → " + it.to())
        .toList();
  }

  @Test
  void weightsAreToldInWordsOnceForAllEnvoys() {
    ChangeReport report =
        after(
            Town.view(
                RULES.replace("weight: 70", "weight: 90").replace("weight: 30", "weight: 10"),
                Town.SHOP_A,
                Town.SHOP_C));
    assertThat(words(report))
        .containsExactly(
            "spec.http[1] weight ctx1: 70 % → 90 %", "spec.http[1] weight ctx2: 30 % → 10 %");
    assertThat(report.resources().getFirst().proxies()).containsExactly("front-x", "shop-a");
    assertThat(report.proxies()).extracting(ChangeReport.Receiver::taken).containsExactly(1.0, 2.0);
  }

  @Test
  void faultIsToldAtItsRule() {
    ChangeReport report =
        after(
            Town.view(
                RULES.replace(
                    "  - route:\n    -",
                    "  - fault: {delay: {fixedDelay: 3s, percentage: {value: 30}}}\n    route:\n    -"),
                Town.SHOP_A,
                Town.SHOP_C));
    assertThat(words(report)).containsExactly("spec.http[1] delay :  → 3s, 30 %");
  }

  @Test
  void ruleThatCameIsToldWithWhatItDoes() {
    ChangeReport report =
        after(
            Town.view(
                RULES.replace(
                    "  - route:\n    -",
                    "  - match: [{uri: {prefix: /new}}]\n    route: [{destination: {host: shop, subset: ctx1}}]\n  - route:\n    -"),
                Town.SHOP_A,
                Town.SHOP_C));
    assertThat(words(report))
        .contains("spec.http[1] weight ctx1:  → 100 %", "spec.http[2] position : 2 → 3")
        .doesNotContain("spec.http[2] weight ctx1: 70 % → 70 %");
  }

  @Test
  void podThatCameIsAnEndpoint() {
    ChangeReport report = after(Town.view(RULES, Town.SHOP_A, Town.SHOP_B, Town.SHOP_C));
    assertThat(words(report)).contains(" endpoint shop-b:  → weight 1, mTLS");
    assertThat(report.objects().getFirst().kind()).isEqualTo("Endpoints");
  }

  @Test
  void podOfAnotherContextIsWeightOfItsGateway() {
    ChangeReport report = after(Town.view(RULES, Town.SHOP_A));
    assertThat(words(report)).contains(" endpoint gateway of ctx2: weight 1, mTLS → ");
  }

  @Test
  void outlierDetectionIsToldFieldByField() {
    ChangeReport report =
        after(
            Town.view(
                RULES.replace(
                    "host: shop\n  subsets",
                    "host: shop\n  trafficPolicy: {outlierDetection: {consecutive5xxErrors: 2}}\n  subsets"),
                Town.SHOP_A,
                Town.SHOP_C));
    assertThat(words(report)).contains("spec.subsets[0] outlier_detection.consecutive_5xx :  → 2");
  }
}
