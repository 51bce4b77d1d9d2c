package theater.mesh.istiod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import theater.mesh.xds.ResourceKind;

class DebugPagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final ProxyLedger ledger = Connections.synced();
  private final DebugPages pages = new DebugPages(ledger);

  @Test
  void synczTellsWhatWasSentAndTaken() throws Exception {
    ledger.sent(Connections.ID, ResourceKind.LISTENER, "2", List.of(), List.of());
    JsonNode one = JSON.readTree(pages.page("/debug/syncz").body()).path(0);
    assertThat(one.path("proxy").asText()).isEqualTo("user-1.theater-msa");
    assertThat(one.path("cluster_id").asText()).isEqualTo("ctx1");
    assertThat(one.path("istio_version").asText()).isEqualTo("1.29.6-theater");
    assertThat(one.path("cluster_sent").asText()).isEqualTo("1");
    assertThat(one.path("cluster_acked").asText()).isEqualTo("1");
    assertThat(one.path("listener_sent").asText()).isEqualTo("2");
    assertThat(one.path("listener_acked").asText()).isEmpty();
  }

  @Test
  void synczCanBeOfOneNamespace() throws Exception {
    assertThat(JSON.readTree(pages.page("/debug/syncz?namespace=other").body())).isEmpty();
    assertThat(JSON.readTree(pages.page("/debug/syncz?namespace=theater-msa").body())).hasSize(1);
  }

  @Test
  void configDumpHasTheFormOfEnvoys() throws Exception {
    JsonNode dump =
        JSON.readTree(pages.page("/debug/config_dump?proxyID=user-1.theater-msa").body());
    JsonNode clusters = dump.path("configs").path(0);
    assertThat(clusters.path("@type").asText())
        .isEqualTo("type.googleapis.com/envoy.admin.v3.ClustersConfigDump");
    assertThat(clusters.path("dynamicActiveClusters").path(1).path("cluster").path("name").asText())
        .isEqualTo("b");
  }

  @Test
  void aProxyThatIsNotConnectedIs404AndNoneIs400() {
    assertThat(pages.page("/debug/edsz?proxyID=nobody.x").status()).isEqualTo(404);
    assertThat(pages.page("/debug/edsz").status()).isEqualTo(400);
    assertThat(pages.page("/debug/edsz?proxyID=user-1.theater-msa").body()).isEqualTo("[]");
  }

  @Test
  void pathsMayHaveTwoSlashesAsIstioctlAsksThem() {
    assertThat(pages.page("//version").body()).startsWith("1.29.6-theater-");
    assertThat(pages.page("/nothing").status()).isEqualTo(404);
  }
}
