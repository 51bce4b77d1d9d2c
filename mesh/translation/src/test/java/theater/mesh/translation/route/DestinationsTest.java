package theater.mesh.translation.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import theater.mesh.translation.Translated;

class DestinationsTest {
  @Test
  void aWeightOfZeroIsDropped() {
    var action =
        Translated.http(
                "- route:\n  - {destination: {host: user-service}, weight: 1}\n  - {destination: {host: redis}, weight: 0}")
            .routes()
            .getFirst()
            .getRoute();
    assertThat(action.getWeightedClusters().getClustersList())
        .extracting(share -> share.getName())
        .containsExactly("outbound|8081||" + Translated.USER);
  }

  @Test
  void anUnknownHostKeepsItsShare() {
    Translated translated =
        Translated.http(
            "- route:\n  - {destination: {host: user-service}, weight: 3}\n  - {destination: {host: ghost}, weight: 1}");
    var shares = translated.routes().getFirst().getRoute().getWeightedClusters().getClustersList();
    assertThat(shares).extracting(share -> share.getWeight().getValue()).containsExactly(3, 1);
    assertThat(shares.getLast().getName())
        .isEqualTo("outbound|8081||ghost.theater-msa.svc.cluster.local");
    assertThat(translated.problems())
        .containsExactly("BROKEN_REFERENCE spec.http[0].route[1].destination.host");
  }
}
