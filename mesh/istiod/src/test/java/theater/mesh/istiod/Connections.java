package theater.mesh.istiod;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.view.ListenAddresses;
import theater.mesh.view.Proxy;
import theater.mesh.view.Service;
import theater.mesh.view.Workload;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

/// Envoys that come and are sent something.
final class Connections {
  static final String ID = "sidecar~127.1.4.1~user-1.theater-msa~theater-msa.svc.cluster.local";
  static final String NAME = "user-1.theater-msa";

  private Connections() {}

  static Proxy proxy() {
    Workload workload =
        new Workload("ctx1", "theater-msa", "user-1", "127.1.4.1", "user", Map.of(), true, "", "");
    return new Proxy(
        Proxy.Role.SIDECAR,
        workload,
        "network1",
        Map.of("ISTIO_VERSION", "1.29.6-theater"),
        new Nowhere());
  }

  static List<Versioned> clusters(String... names) {
    return java.util.Arrays.stream(names)
        .map(name -> Versioned.of(name, Cluster.newBuilder().setName(name).build()))
        .toList();
  }

  private static final class Nowhere implements ListenAddresses {
    @Override
    public Optional<String> outbound(Service service) {
      return Optional.empty();
    }

    @Override
    public String inbound() {
      return "127.1.4.1";
    }

    @Override
    public String application() {
      return "127.1.4.2";
    }

    @Override
    public List<String> gateway(int port) {
      return List.of();
    }
  }

  /// Has taken two clusters.
  static ProxyLedger synced() {
    ProxyLedger ledger = new ProxyLedger(java.time.Clock.systemUTC());
    ledger.connected(ID, proxy());
    ledger.sent(ID, ResourceKind.CLUSTER, "1", clusters("a", "b"), List.of());
    ledger.answered(ID, ResourceKind.CLUSTER, "1", "");
    return ledger;
  }
}
