package theater.mesh.translation.check;

import java.time.Duration;
import java.util.List;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for connection pools.
final class ConnectionPoolCheck {
  private ConnectionPoolCheck() {}

  static void check(SpecNode pool, Complaints complaints) {
    SpecNode tcp = pool.at("tcp");
    SpecNode http = pool.at("http");
    if (!pool.present()) {
      return;
    }
    if (!tcp.present() && !http.present()) {
      complaints.add("connection pool must have at least one field");
      return;
    }
    Rules.notNegative(http.at("http1MaxPendingRequests"), "http1 max pending requests", complaints);
    Rules.notNegative(http.at("http2MaxRequests"), "http2 max requests", complaints);
    Rules.notNegative(
        http.at("maxRequestsPerConnection"), "max requests per connection", complaints);
    Rules.notNegative(http.at("maxRetries"), "max retries", complaints);
    Rules.duration(http.at("idleTimeout"), complaints);
    complaints.addIf(
        http.at("h2UpgradePolicy").textOr("").equals("UPGRADE")
            && http.at("useClientProtocol").flag(),
        "use client protocol must not be true when H2UpgradePolicy is UPGRADE");
    Rules.notNegative(http.at("maxConcurrentStreams"), "max concurrent streams", complaints);
    Rules.notNegative(tcp.at("maxConnections"), "max connections", complaints);
    for (String field : List.of("connectTimeout", "maxConnectionDuration")) {
      Rules.duration(tcp.at(field), complaints);
    }
    // 0s is no timeout at all.
    if (tcp.at("idleTimeout").text().flatMap(GoDuration::parse).map(Duration::toMillis).orElse(0L)
        != 0) {
      Rules.duration(tcp.at("idleTimeout"), complaints);
    }
    Rules.duration(tcp.at("tcpKeepalive", "time"), complaints);
    Rules.duration(tcp.at("tcpKeepalive", "interval"), complaints);
  }
}
