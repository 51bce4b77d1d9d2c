package theater.mesh.translation.listener;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.Sight;
import theater.mesh.translation.cluster.Clusters;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.names.ListenerName;
import theater.mesh.translation.names.Secrets;
import theater.mesh.translation.registry.InboundPort;
import theater.mesh.translation.registry.Protocol;
import theater.mesh.translation.rule.PeerAuthentications.Mode;
import theater.mesh.translation.spec.GoDuration;

/// Where a sidecar takes calls for its application: one listener per port, mTLS or plain by what
/// the caller speaks (PERMISSIVE).
public final class InboundListeners {
  private final Sight sight;
  private final List<InboundPort> ports;

  /// For one sidecar.
  public InboundListeners(Sight sight) {
    this.sight = sight;
    ports = InboundPort.of(sight.registry(), sight.proxy().workload());
  }

  /// One per port of the pod that a Service leads to.
  public List<Listener> all() {
    List<Listener> result = new ArrayList<>();
    for (InboundPort port : ports) {
      String address = sight.proxy().addresses().inbound();
      Listener.Builder listener =
          Sockets.listener(
                  ListenerName.inbound(address, port.target()),
                  address,
                  port.target(),
                  TrafficDirection.INBOUND)
              .addListenerFilters(Sockets.TLS_INSPECTOR);
      Protocol protocol = Protocol.of(port.port());
      if (protocol == Protocol.SNIFFED) {
        listener.addListenerFilters(Sockets.HTTP_INSPECTOR);
      }
      FilterChainMatch tls = FilterChainMatch.newBuilder().setTransportProtocol("tls").build();
      FilterChainMatch plain =
          FilterChainMatch.newBuilder().setTransportProtocol("raw_buffer").build();
      Mode mode = sight.peerAuthentications().mode(sight.proxy().workload(), port.target());
      if (mode != Mode.DISABLE) {
        listener.addFilterChains(
            chain("tls", tls, port, protocol == Protocol.TCP).setTransportSocket(mutual(protocol)));
      }
      if (mode != Mode.STRICT && protocol == Protocol.SNIFFED) {
        listener.addFilterChains(
            chain(
                "plain-http",
                plain.toBuilder().addAllApplicationProtocols(Sockets.PLAIN_HTTP).build(),
                port,
                false));
        listener.addFilterChains(chain("plain-tcp", plain, port, true));
      } else if (mode != Mode.STRICT) {
        listener.addFilterChains(chain("plain", plain, port, protocol == Protocol.TCP));
      }
      result.add(listener.build());
    }
    return result;
  }

  /// The clusters behind them.
  public List<Cluster> clusters(Clusters clusters) {
    return ports.stream()
        .map(port -> clusters.inbound(port.service(), port.port(), port.target()))
        .toList();
  }

  private FilterChain.Builder chain(
      String name, FilterChainMatch match, InboundPort port, boolean tcp) {
    String cluster = ClusterName.inbound(port.target()).text();
    Filter filter =
        tcp
            ? TcpRoutes.to(cluster)
            : HttpManager.inbound("inbound_" + port.target(), routes(cluster));
    return FilterChain.newBuilder().setName(name).setFilterChainMatch(match).addFilters(filter);
  }

  private static RouteConfiguration routes(String cluster) {
    Route.Builder route = Route.newBuilder().setName("default");
    route.getMatchBuilder().setPrefix("/");
    route
        .getRouteBuilder()
        .setCluster(cluster)
        .setTimeout(GoDuration.seconds(0))
        .setRetryPolicy(
            RetryPolicy.newBuilder()
                .setRetryOn("reset-before-request")
                .setNumRetries(UInt32Value.of(2)));
    RouteConfiguration.Builder routes =
        RouteConfiguration.newBuilder()
            .setName(cluster)
            .addVirtualHosts(
                VirtualHost.newBuilder().setName("inbound").addDomains("*").addRoutes(route));
    routes.getValidateClustersBuilder().setValue(false);
    return routes.build();
  }

  private TransportSocket mutual(Protocol protocol) {
    var context =
        Secrets.workload(List.of("spiffe://" + sight.view().mesh().trustDomain() + "/"), true);
    if (protocol == Protocol.TCP) {
      context.addAlpnProtocols("istio");
    } else {
      context.addAlpnProtocols("h2").addAlpnProtocols("http/1.1").addAlpnProtocols("istio");
    }
    DownstreamTlsContext tls =
        DownstreamTlsContext.newBuilder()
            .setCommonTlsContext(context)
            .setRequireClientCertificate(BoolValue.of(true))
            .build();
    return TransportSocket.newBuilder()
        .setName("envoy.transport_sockets.tls")
        .setTypedConfig(Any.pack(tls))
        .build();
  }
}
