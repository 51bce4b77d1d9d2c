package theater.mesh.istiod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

class ProxyLedgerTest {
  private final ProxyLedger ledger = Connections.synced();

  private SentKind clusters() {
    return ledger.find(Connections.NAME).orElseThrow().kinds().get(ResourceKind.CLUSTER);
  }

  @Test
  void whatWasTakenIsSynced() {
    assertThat(clusters().synced()).isTrue();
  }

  @Test
  void whatIsSentAndNotAnsweredIsNotSynced() {
    ledger.sent(Connections.ID, ResourceKind.CLUSTER, "2", List.of(), List.of("a"));
    assertThat(clusters().synced()).isFalse();
    assertThat(clusters().taken()).isEqualTo("1");
  }

  @Test
  void aRefusalKeepsTheLastNonceThatWasTaken() {
    ledger.sent(Connections.ID, ResourceKind.CLUSTER, "2", Connections.clusters("c"), List.of());
    ledger.answered(Connections.ID, ResourceKind.CLUSTER, "2", "no such filter");
    assertThat(clusters().synced()).isFalse();
    assertThat(clusters().taken()).isEqualTo("1");
    assertThat(clusters().refusal()).isEqualTo("no such filter");
  }

  @Test
  void resourcesAreWhatWasSentWithoutWhatWasTakenAway() {
    ledger.sent(Connections.ID, ResourceKind.CLUSTER, "2", Connections.clusters("c"), List.of("a"));
    assertThat(ledger.find(Connections.ID).orElseThrow().resources(ResourceKind.CLUSTER))
        .extracting(Versioned::name)
        .containsExactly("b", "c");
  }

  @Test
  void anEnvoyThatKeptEverythingIsSynced() {
    ledger.connected(Connections.ID, Connections.proxy());
    assertThat(ledger.find(Connections.ID).orElseThrow().kinds()).isEmpty();
    ledger.kept(Connections.ID, ResourceKind.CLUSTER, Connections.clusters("a"));
    assertThat(clusters().synced()).isTrue();
  }

  @Test
  void aStreamThatIsReplacedMayEndAfterItsSuccessorBegan() {
    ledger.connected(Connections.ID, Connections.proxy());
    ledger.left(Connections.ID);
    assertThat(ledger.find(Connections.NAME)).isPresent();
    ledger.left(Connections.ID);
    assertThat(ledger.find(Connections.NAME)).isEmpty();
  }
}
