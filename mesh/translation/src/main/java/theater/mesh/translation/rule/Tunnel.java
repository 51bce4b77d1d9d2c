package theater.mesh.translation.rule;

import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.TunnelingConfig;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.spec.SpecNode;

/// A connection carried inside an HTTP call to a proxy outside. Istio: trafficPolicy.tunnel; Envoy:
/// TcpProxy.tunneling_config. It sits at the caller's connection, not at a cluster, so a port has
/// none of its own, and a subset that has none does not take that of the rule.
public final class Tunnel {
  /// What it reads, relative to a trafficPolicy.
  public static final List<String> FIELDS =
      List.of("tunnel.protocol", "tunnel.targetHost", "tunnel.targetPort");

  private static final int HIGHEST_PORT = 65535;

  private Tunnel() {}

  /// The tunnel of connections to a subset of a host, or to the whole host when it is empty.
  public static Optional<TunnelingConfig> of(DestinationRule rule, String subset) {
    Optional<SpecNode> policy =
        subset.isEmpty()
            ? Optional.of(rule.trafficPolicy())
            : rule.subset(subset).map(Subset::trafficPolicy);
    return policy.map(written -> written.at("tunnel")).flatMap(Tunnel::config);
  }

  private static Optional<TunnelingConfig> config(SpecNode tunnel) {
    if (!tunnel.present()) {
      return Optional.empty();
    }
    String host = tunnel.at("targetHost").textOr("");
    if (!host.matches("[A-Za-z0-9._:-]+")) {
      tunnel.at("targetHost").malformed("a name or an address; there is no tunnel");
      return Optional.empty();
    }
    long port = tunnel.at("targetPort").whole().orElse(0);
    if (port < 1 || port > HIGHEST_PORT) {
      tunnel.at("targetPort").malformed("a port from 1 to 65535; there is no tunnel");
      return Optional.empty();
    }
    return Optional.of(
        TunnelingConfig.newBuilder()
            .setHostname((host.contains(":") ? "[" + host + "]" : host) + ":" + port)
            .setUsePost(tunnel.at("protocol").textOr("").equals("POST"))
            .build());
  }
}
