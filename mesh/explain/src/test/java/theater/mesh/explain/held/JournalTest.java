package theater.mesh.explain.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import theater.mesh.explain.Envoys;
import theater.mesh.explain.Town;
import theater.mesh.xds.ResourceKind;

class JournalTest {

  private static String weights(int here) {
    return """
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
      - route:
        - {destination: {host: shop, subset: ctx1}, weight: %d}
        - {destination: {host: shop, subset: ctx2}, weight: %d}
    """
        .formatted(here, 100 - here);
  }

  private static Envoys begun() {
    return new Envoys()
        .connect(Town.FRONT)
        .push(Town.view(weights(70), Town.SHOP_A, Town.SHOP_C))
        .later(Duration.ofMinutes(1));
  }

  private static Held held(Envoys envoys) {
    return envoys.journal.held(Town.FRONT.name()).orElseThrow();
  }

  @Test
  void beginningIsNoChange() {
    assertThat(begun().journal.last(10, true)).isEmpty();
  }

  @Test
  void changeHasItsObjectItsRouteAndTheAnswer() {
    Envoys envoys = begun().push(Town.view(weights(90), Town.SHOP_A, Town.SHOP_C));
    Change change = envoys.journal.last(1, false).getFirst();
    assertThat(change.objects())
        .extracting(ObjectChange::kind, ObjectChange::name, ObjectChange::verb)
        .containsExactly(tuple("VirtualService", "shop-vs", "changed"));
    assertThat(change.objects().getFirst().fields())
        .containsExactly(
            new ObjectChange.Field("spec.http[0].route[0].weight", "70", "90"),
            new ObjectChange.Field("spec.http[0].route[1].weight", "30", "10"));
    List<Step> steps = change.proxies().getFirst().steps();
    assertThat(steps)
        .extracting(Step::kind, Step::name, Step::refusal)
        .containsExactly(tuple(ResourceKind.ROUTE, "8081", ""));
    assertThat(Duration.between(change.pushed(), steps.getFirst().answered()))
        .isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void writesOfOneApplyAreOneChangeFromFirstToLast() {
    Envoys envoys =
        begun()
            .push(Town.view(weights(80), Town.SHOP_A, Town.SHOP_C))
            .later(Duration.ofMillis(300))
            .push(Town.view(weights(90), Town.SHOP_A, Town.SHOP_C));
    assertThat(envoys.journal.last(10, false)).hasSize(1);
    assertThat(envoys.journal.last(1, false).getFirst().objects().getFirst().fields())
        .contains(new ObjectChange.Field("spec.http[0].route[0].weight", "70", "90"));
  }

  @Test
  void podsThatComeAreNoApply() {
    Envoys envoys = begun().push(Town.view(weights(70), Town.SHOP_A, Town.SHOP_B, Town.SHOP_C));
    assertThat(envoys.journal.last(10, false)).isEmpty();
    Change change = envoys.journal.last(10, true).getFirst();
    assertThat(change.objects().getFirst().fields())
        .containsExactly(new ObjectChange.Field("shop-b", "", "ready"));
    assertThat(change.proxies().getFirst().steps())
        .extracting(Step::kind)
        .containsOnly(ResourceKind.ENDPOINT);
  }

  @Test
  void refusedResourceIsNotHeld() {
    Envoys envoys = begun().refuse("no").push(Town.view(weights(90), Town.SHOP_A, Town.SHOP_C));
    assertThat(held(envoys).refused())
        .extracting(Held.Refused::kind, Held.Refused::name, Held.Refused::text)
        .containsExactly(tuple(ResourceKind.ROUTE, "8081", "no"));
    assertThat(held(envoys).routes("8081").orElseThrow().toString()).contains("value: 70");
    assertThat(
            envoys
                .journal
                .last(1, false)
                .getFirst()
                .proxies()
                .getFirst()
                .steps()
                .getFirst()
                .refusal())
        .isEqualTo("no");
  }

  @Test
  void ofClustersOnlyTheNamedOneIsRefused() {
    Envoys envoys =
        begun()
            .refuse("Error adding/updating cluster(s) outbound|8081|ctx1|" + Town.SHOP + ": bad")
            .push(
                Town.view(
                    weights(70)
                        .replace(
                            "host: shop\n",
                            "host: shop\n  trafficPolicy: {loadBalancer: {simple: RANDOM}}\n"),
                    Town.SHOP_A,
                    Town.SHOP_C));
    Held held = held(envoys);
    assertThat(held.refused())
        .extracting(Held.Refused::name)
        .containsExactly("outbound|8081|ctx1|" + Town.SHOP);
    assertThat(held.cluster("outbound|8081|ctx2|" + Town.SHOP).orElseThrow().getLbPolicy().name())
        .isEqualTo("RANDOM");
  }

  @Test
  void ringKeepsTheNewestOnly() {
    Envoys envoys = new Envoys(3, 1 << 20, Writes.NONE);
    envoys.connect(Town.FRONT).push(Town.view(weights(1), Town.SHOP_A));
    for (int i = 2; i < 10; i++) {
      envoys.later(Duration.ofMinutes(1)).push(Town.view(weights(i), Town.SHOP_A));
    }
    assertThat(envoys.journal.last(100, true))
        .extracting(Change::number)
        .containsExactly(8L, 7L, 6L);
  }

  @Test
  void whatIsTooLargeIsKeptByNameOnly() {
    Envoys envoys = new Envoys(10, 100, Writes.NONE);
    envoys
        .connect(Town.FRONT)
        .push(Town.view(weights(1), Town.SHOP_A))
        .later(Duration.ofMinutes(1))
        .push(Town.view(weights(2), Town.SHOP_A));
    Step step = envoys.journal.last(1, true).getFirst().proxies().getFirst().steps().getFirst();
    assertThat(step.name()).isEqualTo("8081");
    assertThat(step.bodies()).isFalse();
    assertThat(step.answered()).isNotNull();
  }

  @Test
  void envoyThatComesLaterIsSentNoDifference() {
    Envoys envoys =
        begun()
            .push(Town.view(weights(90), Town.SHOP_A, Town.SHOP_C))
            .connect(Town.SHOP_A)
            .push(Town.view(weights(90), Town.SHOP_A, Town.SHOP_C));
    assertThat(envoys.journal.last(1, false).getFirst().proxies())
        .extracting(Change.ProxyChange::id)
        .containsExactly(Town.FRONT.name());
    assertThat(envoys.journal.connected()).hasSize(2);
  }
}
