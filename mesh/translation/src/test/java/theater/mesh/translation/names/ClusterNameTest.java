package theater.mesh.translation.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterNameTest {
  private static final String HOST = "movie-service.theater-msa.svc.cluster.local";

  @Test
  void whatIsFormattedIsRead() {
    ClusterName subset = ClusterName.outbound(8082, "ctx1", HOST);
    assertThat(subset.text()).isEqualTo("outbound|8082|ctx1|" + HOST);
    assertThat(ClusterName.parse(subset.text())).contains(subset);
    assertThat(ClusterName.parse("inbound|8082||")).contains(ClusterName.inbound(8082));
  }

  @Test
  void sniOfAWholeServiceHasNoSubset() {
    assertThat(ClusterName.outbound(8082, "", HOST).sni()).isEqualTo("outbound_.8082_._." + HOST);
    assertThat(ClusterName.parseSni("outbound_.8082_._." + HOST))
        .contains(ClusterName.outbound(8082, "", HOST));
    assertThat(ClusterName.parseSni("outbound_.8082_.ctx1_." + HOST))
        .contains(ClusterName.outbound(8082, "ctx1", HOST));
  }

  @Test
  void otherTextsAreNoNames() {
    assertThat(ClusterName.parse(ClusterName.PASSTHROUGH)).isEmpty();
    assertThat(ClusterName.parseSni("www.example.com")).isEmpty();
  }
}
