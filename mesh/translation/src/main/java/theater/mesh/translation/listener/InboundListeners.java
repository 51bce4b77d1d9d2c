package theater.mesh.translation.listener;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.Sight;
import theater.mesh.translation.cluster.Clusters;
import theater.mesh.translation.memo.Unit;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.names.ListenerName;
import theater.mesh.translation.registry.Protocol;

/// Where a sidecar takes calls for its application: one listener per port that a Service leads to,
/// or that its Sidecar declares. With redirection there is one more, for all other ports.
public final class InboundListeners {
  private static final int VIRTUAL_PORT = 15006;
  private static final int NO_PORT = 0;

  private final Sight sight;
  private final List<ListenedPort> ports;
  private final InboundChains chains;

  /// By port of the pod.
  public static List<Listener> of(Sight sight) {
    return sight.make(new All());
  }

  /// What the listeners ask for by name, where they do.
  public static List<RouteConfiguration> routes(Sight sight) {
    return sight.make(new Routes());
  }

  /// The clusters behind them.
  public static List<Cluster> clusters(Sight sight) {
    return sight.make(new Behind());
  }

  private record All() implements Unit<List<Listener>> {
    @Override
    public List<Listener> make(Sight sight) {
      return new InboundListeners(sight).all();
    }
  }

  private record Routes() implements Unit<List<RouteConfiguration>> {
    @Override
    public List<RouteConfiguration> make(Sight sight) {
      return new InboundListeners(sight).routes();
    }
  }

  private record Behind() implements Unit<List<Cluster>> {
    @Override
    public List<Cluster> make(Sight sight) {
      return new InboundListeners(sight).clusters(new Clusters(sight));
    }
  }

  private InboundListeners(Sight sight) {
    this.sight = sight;
    ports = ListenedPort.of(sight);
    chains = new InboundChains(sight);
  }

  private List<Listener> all() {
    List<Listener> result = new ArrayList<>();
    for (ListenedPort port : ports) {
      Listener.Builder listener =
          Sockets.listener(
                  ListenerName.inbound(port.address(), port.number()),
                  port.address(),
                  port.number(),
                  TrafficDirection.INBOUND)
              .addListenerFilters(Sockets.TLS_INSPECTOR);
      if (port.protocol() == Protocol.SNIFFED) {
        listener.addListenerFilters(Sockets.HTTP_INSPECTOR);
      }
      String cluster = ClusterName.inbound(port.number()).text();
      result.add(
          listener.addAllFilterChains(chains.of(cluster, port.protocol(), port.number())).build());
    }
    if (sight.redirecting()) {
      result.add(virtual());
    }
    return result;
  }

  private List<RouteConfiguration> routes() {
    return ports.stream()
        .filter(port -> chains.byName() && port.protocol().http())
        .map(port -> chains.routes(ClusterName.inbound(port.number()).text(), port.protocol()))
        .toList();
  }

  private List<Cluster> clusters(Clusters clusters) {
    List<Cluster> result = new ArrayList<>();
    for (ListenedPort port : ports) {
      port.application()
          .map(application ->
              clusters.inbound(
                  port.service(), port.protocol(), port.policy(), port.number(), application))
          .ifPresent(result::add);
    }
    if (sight.redirecting()) {
      result.add(Clusters.passthrough(ClusterName.INBOUND_PASSTHROUGH));
    }
    return result;
  }

  private Listener virtual() {
    Listener.Builder listener =
        Sockets.listener(
                ListenerName.VIRTUAL_INBOUND, "0.0.0.0", VIRTUAL_PORT, TrafficDirection.INBOUND)
            .setUseOriginalDst(BoolValue.of(true))
            .addListenerFilters(Sockets.TLS_INSPECTOR)
            .addListenerFilters(Sockets.HTTP_INSPECTOR)
            .addAllFilterChains(
                chains.of(ClusterName.INBOUND_PASSTHROUGH, Protocol.SNIFFED, NO_PORT));
    for (int port : sight.peerAuthentications().ports(sight.proxy().workload())) {
      if (ports.stream().noneMatch(known -> known.number() == port)) {
        listener.addAllFilterChains(ofPort(port));
      }
    }
    return listener.build();
  }

  /// A port that no Service leads to, with mTLS as a rule says for it alone.
  private List<FilterChain> ofPort(int port) {
    return chains.of(ClusterName.INBOUND_PASSTHROUGH, Protocol.SNIFFED, port).stream()
        .map(chain -> {
          FilterChain.Builder result = chain.toBuilder().setName(chain.getName() + "-" + port);
          result.getFilterChainMatchBuilder().getDestinationPortBuilder().setValue(port);
          return result.build();
        })
        .toList();
  }
}
