package theater.mesh.translation.cluster;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.core.v3.TcpKeepalive;
import java.time.Duration;
import java.util.List;
import theater.mesh.translation.registry.Protocol;
import theater.mesh.translation.rule.MeshConfig;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// Limits and times of connections. Istio: DestinationRule connectionPool; Envoy: CircuitBreakers,
/// HttpProtocolOptions. Without a limit there is none (Istio's default is the largest number, not
/// Envoy's 1024). Acts at the server side, too.
final class ConnectionPool implements ClusterFeature {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final UInt32Value UNLIMITED = UInt32Value.of(-1);

  @Override
  public List<String> fields() {
    return List.of(
        "retryBudget.percent",
        "retryBudget.minRetryConcurrency",
        "connectionPool.tcp.maxConnections",
        "connectionPool.tcp.connectTimeout",
        "connectionPool.tcp.tcpKeepalive.time",
        "connectionPool.tcp.tcpKeepalive.interval",
        "connectionPool.tcp.tcpKeepalive.probes",
        "connectionPool.tcp.maxConnectionDuration",
        "connectionPool.tcp.idleTimeout",
        "connectionPool.http.http1MaxPendingRequests",
        "connectionPool.http.http2MaxRequests",
        "connectionPool.http.maxRequestsPerConnection",
        "connectionPool.http.maxRetries",
        "connectionPool.http.idleTimeout",
        "connectionPool.http.maxConcurrentStreams",
        "connectionPool.http.h2UpgradePolicy",
        "connectionPool.http.useClientProtocol");
  }

  @Override
  public void apply(ClusterDraft draft) {
    SpecNode tcp = draft.section("connectionPool").at("tcp");
    SpecNode http = draft.section("connectionPool").at("http");
    SpecNode mesh = MeshConfig.of(draft.sight);
    draft.cluster.setConnectTimeout(
        GoDuration.proto(
            tcp.at("connectTimeout")
                .duration()
                .or(() -> mesh.at("connectTimeout").duration())
                .orElse(CONNECT_TIMEOUT)));
    CircuitBreakers.Thresholds.Builder limits =
        CircuitBreakers.Thresholds.newBuilder()
            .setMaxConnections(limit(tcp.at("maxConnections")))
            .setMaxPendingRequests(limit(http.at("http1MaxPendingRequests")))
            .setMaxRequests(limit(http.at("http2MaxRequests")))
            .setMaxRetries(limit(http.at("maxRetries")))
            .setTrackRemaining(true);
    RetryBudgets.of(draft.section("retryBudget")).ifPresent(limits::setRetryBudget);
    draft.cluster.setCircuitBreakers(CircuitBreakers.newBuilder().addThresholds(limits));
    keepalive(tcp.at("tcpKeepalive"), mesh.at("tcpKeepalive"), draft);
    http.at("maxRequestsPerConnection")
        .unsigned()
        .filter(count -> count > 0)
        .ifPresent(count -> draft.commonHttp.setMaxRequestsPerConnection(UInt32Value.of(count)));
    (http.at("idleTimeout").present() ? http : tcp)
        .at("idleTimeout")
        .duration()
        .ifPresent(time -> draft.commonHttp.setIdleTimeout(GoDuration.proto(time)));
    tcp.at("maxConnectionDuration")
        .duration()
        .ifPresent(time -> draft.commonHttp.setMaxConnectionDuration(GoDuration.proto(time)));
    draft.downstreamProtocol |= http.at("useClientProtocol").flag();
    draft.http2 |= !draft.inbound() && upgraded(http.at("h2UpgradePolicy"), draft);
    http.at("maxConcurrentStreams")
        .unsigned()
        .ifPresent(count -> draft.maxConcurrentStreams = count);
  }

  /// MeshConfig's own word acts on ports that are named HTTP, a rule's on all.
  private static boolean upgraded(SpecNode written, ClusterDraft draft) {
    String word = written.textOr("DEFAULT");
    return word.equals("DEFAULT")
        ? draft.protocol.http()
            && draft.protocol != Protocol.SNIFFED
            && MeshConfig.of(draft.sight).at("h2UpgradePolicy").textOr("").equals("UPGRADE")
        : word.equals("UPGRADE");
  }

  private static UInt32Value limit(SpecNode field) {
    return field.unsigned().filter(count -> count != 0).map(UInt32Value::of).orElse(UNLIMITED);
  }

  private static void keepalive(SpecNode written, SpecNode mesh, ClusterDraft draft) {
    if (written.present() || mesh.present()) {
      TcpKeepalive.Builder keepalive = TcpKeepalive.newBuilder();
      either(written, mesh, "probes")
          .unsigned()
          .ifPresent(count -> keepalive.setKeepaliveProbes(UInt32Value.of(count)));
      either(written, mesh, "time")
          .duration()
          .ifPresent(time -> keepalive.setKeepaliveTime(UInt32Value.of((int) time.toSeconds())));
      either(written, mesh, "interval")
          .duration()
          .ifPresent(
              time -> keepalive.setKeepaliveInterval(UInt32Value.of((int) time.toSeconds())));
      draft.cluster.getUpstreamConnectionOptionsBuilder().setTcpKeepalive(keepalive);
    }
  }

  private static SpecNode either(SpecNode written, SpecNode mesh, String field) {
    return (written.at(field).present() ? written : mesh).at(field);
  }
}
