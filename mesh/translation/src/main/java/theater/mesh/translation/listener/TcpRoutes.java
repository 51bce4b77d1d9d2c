package theater.mesh.translation.listener;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.route.DestinationCluster;
import theater.mesh.translation.rule.Rule;
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
    ClusterName own = ClusterName.outbound(port, "", service.host());
    return idle(
        TcpProxy.newBuilder()
            .setStatPrefix(own.text())
            .addAllAccessLog(logs)
            .setCluster(own.text()),
        service,
        port);
  }

  /// The filter for a route of a rule; to the service when it leads nowhere.
  Filter of(Rule rule, SpecNode route, RegistryService service, int port) {
    ClusterName own = ClusterName.outbound(port, "", service.host());
    TcpProxy.Builder proxy = TcpProxy.newBuilder().setStatPrefix(own.text()).addAllAccessLog(logs);
    destinations(rule, route, port, proxy);
    if (proxy.getClusterSpecifierCase() == TcpProxy.ClusterSpecifierCase.CLUSTERSPECIFIER_NOT_SET) {
      proxy.setCluster(own.text());
    }
    return idle(proxy, service, port);
  }

  private Filter idle(TcpProxy.Builder proxy, RegistryService service, int port) {
    SpecNode idle =
        sight
            .destinationRules()
            .forService(service)
            .map(found -> found.policy(port).section("connectionPool").at("tcp").at("idleTimeout"))
            .orElse(SpecNode.absent(sight.problems()));
    idle.duration().ifPresent(time -> proxy.setIdleTimeout(GoDuration.proto(time)));
    return filter(proxy);
  }

  /// The filter for a route of a rule at a gateway's server; empty when it leads nowhere.
  java.util.Optional<Filter> atGateway(Rule rule, SpecNode route, int port, String statPrefix) {
    TcpProxy.Builder proxy = TcpProxy.newBuilder().setStatPrefix(statPrefix).addAllAccessLog(logs);
    destinations(rule, route, port, proxy);
    return proxy.getClusterSpecifierCase() == TcpProxy.ClusterSpecifierCase.CLUSTERSPECIFIER_NOT_SET
        ? java.util.Optional.empty()
        : java.util.Optional.of(filter(proxy));
  }

  private void destinations(Rule rule, SpecNode route, int port, TcpProxy.Builder proxy) {
    List<SpecNode> all = route.at("route").items();
    List<SpecNode> weighted = new ArrayList<>();
    for (SpecNode destination : all) {
      if (all.size() == 1 || destination.at("weight").unsigned().orElse(0) > 0) {
        weighted.add(destination);
      }
    }
    if (weighted.size() == 1) {
      proxy.setCluster(
          DestinationCluster.ofTcp(
                  sight, rule.namespace(), weighted.getFirst().at("destination"), port)
              .text());
      return;
    }
    for (SpecNode destination : weighted) {
      ClusterName cluster =
          DestinationCluster.ofTcp(sight, rule.namespace(), destination.at("destination"), port);
      proxy
          .getWeightedClustersBuilder()
          .addClustersBuilder()
          .setName(cluster.text())
          .setWeight(destination.at("weight").unsigned().orElse(1));
    }
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
