package theater.mesh.translation.listener;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.route.DestinationCluster;
import theater.mesh.translation.rule.DestinationRule;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.rule.Tunnel;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.translation.telemetry.Side;
import theater.mesh.translation.telemetry.Telemetry;

/// Where a TCP connection goes. Istio: VirtualService.tcp; Envoy: TcpProxy. Weights count per
/// connection.
final class TcpRoutes {
  static final String NAME = "envoy.filters.network.tcp_proxy";

  private final Sight sight;
  private final List<AccessLog> logs;

  TcpRoutes(Sight sight) {
    this.sight = sight;
    logs = new Telemetry(sight).accessLogs(Side.CLIENT);
  }

  /// The filter for connections to a service that no rule routes.
  Filter toService(RegistryService service, int port) {
    String cluster = ClusterName.outbound(port, "", service.host()).text();
    TcpProxy.Builder proxy = proxy(cluster).setCluster(cluster);
    connections(service.host(), "", proxy);
    return filter(proxy);
  }

  /// The filter for mTLS that is passed on by SNI to a subset of a service; never in a tunnel.
  Filter bySni(ClusterName name) {
    TcpProxy.Builder proxy = proxy(name.sni()).setCluster(name.sni());
    connections(name.host(), name.subset(), proxy);
    return filter(proxy.clearTunnelingConfig());
  }

  /// The filter for a route of a rule; to the service when it leads nowhere.
  Filter of(Rule rule, SpecNode route, RegistryService service, int port) {
    ClusterName own = ClusterName.outbound(port, "", service.host());
    TcpProxy.Builder proxy = proxy(own.text());
    destinations(rule, route, port, proxy);
    return leads(proxy) ? filter(proxy) : toService(service, port);
  }

  /// The filter for a route of a rule at a gateway's server; empty when it leads nowhere.
  Optional<Filter> atGateway(Rule rule, SpecNode route, int port, String statPrefix) {
    TcpProxy.Builder proxy = proxy(statPrefix);
    destinations(rule, route, port, proxy);
    return leads(proxy) ? Optional.of(filter(proxy)) : Optional.empty();
  }

  private TcpProxy.Builder proxy(String statPrefix) {
    return TcpProxy.newBuilder().setStatPrefix(statPrefix).addAllAccessLog(logs);
  }

  private static boolean leads(TcpProxy.Builder proxy) {
    return proxy.getClusterSpecifierCase()
        != TcpProxy.ClusterSpecifierCase.CLUSTERSPECIFIER_NOT_SET;
  }

  /// The first of several destinations says how connections are kept and shared out.
  private void destinations(Rule rule, SpecNode route, int port, TcpProxy.Builder proxy) {
    List<SpecNode> all = route.at("route").items();
    List<SpecNode> weighted = new ArrayList<>();
    for (SpecNode destination : all) {
      if (all.size() == 1 || destination.at("weight").unsigned().orElse(0) > 0) {
        weighted.add(destination);
      }
    }
    if (weighted.size() == 1) {
      proxy.setCluster(cluster(rule, weighted.getFirst(), port).text());
    } else {
      for (SpecNode destination : weighted) {
        proxy
            .getWeightedClustersBuilder()
            .addClustersBuilder()
            .setName(cluster(rule, destination, port).text())
            .setWeight(destination.at("weight").unsigned().orElse(1));
      }
    }
    if (!all.isEmpty()) {
      SpecNode first = all.getFirst().at("destination");
      connections(
          HostName.resolve(first.at("host").textOr(""), rule.namespace(), sight.mesh()),
          all.size() == 1 ? first.at("subset").textOr("") : "",
          proxy);
    }
  }

  private ClusterName cluster(Rule rule, SpecNode destination, int port) {
    return DestinationCluster.ofTcp(sight, rule.namespace(), destination.at("destination"), port);
  }

  /// What the host's DestinationRule says of connections: the times of the whole rule, as in Istio
  /// not those of a port or subset, whether the caller's address chooses the endpoint, and the
  /// tunnel.
  private void connections(String host, String subset, TcpProxy.Builder proxy) {
    Optional<DestinationRule> found =
        sight
            .registry()
            .find(host)
            .flatMap(service -> sight.destinationRules().forService(service));
    if (found.isEmpty()) {
      return;
    }
    SpecNode policy = found.get().trafficPolicy();
    SpecNode tcp = policy.at("connectionPool", "tcp");
    tcp.at("idleTimeout")
        .duration()
        .ifPresent(time -> proxy.setIdleTimeout(GoDuration.proto(time)));
    tcp.at("maxConnectionDuration")
        .duration()
        .ifPresent(time -> proxy.setMaxDownstreamConnectionDuration(GoDuration.proto(time)));
    SpecNode balance =
        found
            .get()
            .subset(subset)
            .map(part -> part.trafficPolicy().at("loadBalancer"))
            .filter(SpecNode::present)
            .orElse(policy.at("loadBalancer"));
    if (balance.at("consistentHash", "useSourceIp").flag()) {
      proxy.addHashPolicyBuilder().getSourceIpBuilder();
    }
    Tunnel.of(found.get(), subset).ifPresent(proxy::setTunnelingConfig);
  }

  /// To one cluster, with a log of the connections.
  static Filter to(String cluster, List<AccessLog> logs) {
    return filter(
        TcpProxy.newBuilder().setStatPrefix(cluster).setCluster(cluster).addAllAccessLog(logs));
  }

  /// To one cluster.
  static Filter to(String cluster) {
    return filter(TcpProxy.newBuilder().setStatPrefix(cluster).setCluster(cluster));
  }

  private static Filter filter(TcpProxy.Builder proxy) {
    return Filter.newBuilder().setName(NAME).setTypedConfig(Any.pack(proxy.build())).build();
  }
}
