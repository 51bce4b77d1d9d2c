package theater.mesh.translation.listener;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.Secrets;
import theater.mesh.translation.registry.Protocol;
import theater.mesh.translation.rule.PeerAuthentications.Mode;
import theater.mesh.translation.security.AuthorizationPolicies;
import theater.mesh.translation.security.JwtFilter;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.telemetry.Side;
import theater.mesh.translation.telemetry.Telemetry;

/// How a sidecar takes a call for its application: mTLS or plain by what the caller speaks
/// (PERMISSIVE), then tokens and policies, then the application.
final class InboundChains {
  private static final List<String> MUTUAL_HTTP =
      List.of("h2", "http/1.1", "istio-h2", "istio-http/1.1", "istio-http/1.0");

  private final Sight sight;
  private final AuthorizationPolicies policies;
  private final Telemetry telemetry;
  private final List<HttpFilter> security = new ArrayList<>();

  InboundChains(Sight sight) {
    this.sight = sight;
    telemetry = new Telemetry(sight);
    policies = new AuthorizationPolicies(sight);
    security.addAll(policies.customHttpFilters());
    JwtFilter.of(sight).ifPresent(security::add);
    security.addAll(byName() ? AuthorizationPolicies.readyFilters() : policies.httpFilters());
  }

  /// Whether routes are asked for by name, so that a policy changes routes and no listener.
  boolean byName() {
    return !sight.redirecting();
  }

  List<FilterChain> of(String cluster, Protocol protocol, int port) {
    FilterChainMatch tls = FilterChainMatch.newBuilder().setTransportProtocol("tls").build();
    FilterChainMatch plain =
        FilterChainMatch.newBuilder().setTransportProtocol("raw_buffer").build();
    Mode mode = sight.peerAuthentications().mode(sight.proxy().workload(), port);
    List<FilterChain> result = new ArrayList<>();
    if (mode != Mode.DISABLE) {
      result.addAll(
          chains("tls", tls, MUTUAL_HTTP, cluster, protocol).stream()
              .map(chain -> chain.setTransportSocket(mutual(protocol)).build())
              .toList());
    }
    if (mode != Mode.STRICT) {
      result.addAll(
          chains("plain", plain, Sockets.PLAIN_HTTP, cluster, protocol).stream()
              .map(FilterChain.Builder::build)
              .toList());
    }
    return result;
  }

  /// One chain, or two where the protocol is told by the first bytes.
  private List<FilterChain.Builder> chains(
      String name,
      FilterChainMatch match,
      List<String> httpWords,
      String cluster,
      Protocol protocol) {
    return switch (protocol) {
      case HTTP, HTTP2, GRPC -> List.of(http(name, match, cluster, protocol));
      case TCP, TLS -> List.of(tcp(name, match, cluster));
      case SNIFFED ->
          List.of(
              http(
                  name + "-http",
                  match.toBuilder().addAllApplicationProtocols(httpWords).build(),
                  cluster,
                  protocol),
              tcp(name + "-tcp", match, cluster));
    };
  }

  private FilterChain.Builder http(
      String name, FilterChainMatch match, String cluster, Protocol protocol) {
    return FilterChain.newBuilder()
        .setName(name)
        .setFilterChainMatch(match)
        .addFilters(
            HttpConnectionFilter.inbound(
                statPrefix(cluster), routes(cluster, protocol), byName(), security, telemetry));
  }

  private FilterChain.Builder tcp(String name, FilterChainMatch match, String cluster) {
    return FilterChain.newBuilder()
        .setName(name)
        .setFilterChainMatch(match)
        .addAllFilters(policies.networkFilters("tcp."))
        .addFilters(TcpRoutes.to(cluster, telemetry.accessLogs(Side.SERVER)));
  }

  /// `inbound_8081`
  private static String statPrefix(String cluster) {
    return cluster.replace("||", "").replace('|', '_');
  }

  /// Everything to one cluster. A gRPC call may be a stream that is half done: it is not tried
  /// again.
  RouteConfiguration routes(String cluster, Protocol protocol) {
    Route.Builder route = Route.newBuilder().setName("default");
    route.getMatchBuilder().setPrefix("/");
    route
        .getRouteBuilder()
        .setCluster(cluster)
        .setTimeout(GoDuration.seconds(0))
        .setMaxStreamDuration(
            RouteAction.MaxStreamDuration.newBuilder()
                .setMaxStreamDuration(GoDuration.seconds(0))
                .setGrpcTimeoutHeaderMax(GoDuration.seconds(0)));
    if (protocol != Protocol.GRPC) {
      route
          .getRouteBuilder()
          .setRetryPolicy(
              RetryPolicy.newBuilder()
                  .setRetryOn("reset-before-request")
                  .setNumRetries(UInt32Value.of(2)));
    }
    RouteConfiguration.Builder routes =
        RouteConfiguration.newBuilder()
            .setName(cluster)
            .addVirtualHosts(
                VirtualHost.newBuilder().setName("inbound").addDomains("*").addRoutes(route));
    routes.getValidateClustersBuilder().setValue(false);
    if (byName()) {
      policies.fill(routes);
    }
    return routes.build();
  }

  private TransportSocket mutual(Protocol protocol) {
    var context = Secrets.workload(List.of("spiffe://" + sight.mesh().trustDomain() + "/"), true);
    if (!protocol.http()) {
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
