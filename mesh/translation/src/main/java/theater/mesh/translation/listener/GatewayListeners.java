package theater.mesh.translation.listener;

import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import theater.mesh.translation.Sight;
import theater.mesh.translation.cluster.Clusters;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.names.ListenerName;
import theater.mesh.translation.rule.Gateways.Server;
import theater.mesh.translation.security.AuthorizationPolicies;
import theater.mesh.translation.security.JwtFilter;

/// Where gateways listen: HTTP servers, and mTLS from other networks that is passed on by SNI
/// (AUTO_PASSTHROUGH).
public final class GatewayListeners {
  private final Sight sight;
  private final List<HttpFilter> security = new ArrayList<>();

  /// For one gateway.
  public GatewayListeners(Sight sight) {
    this.sight = sight;
    JwtFilter.of(sight).ifPresent(security::add);
    security.addAll(new AuthorizationPolicies(sight).httpFilters());
  }

  /// One per server port and address.
  public List<Listener> all(List<Server> servers) {
    Map<String, Listener> result = new LinkedHashMap<>();
    for (Server server : servers) {
      if (server.plainHttp()) {
        FilterChain chain =
            FilterChain.newBuilder()
                .setName("http")
                .addFilters(
                    HttpConnectionFilter.gateway(
                        "outbound_" + server.listen(),
                        ListenerName.gatewayRoutes(server.port()),
                        security))
                .build();
        add(result, server, List.of(chain), false);
      } else if (server.endsTls()) {
        List<FilterChain> chains =
            new GatewayTls(sight, security)
                .chains(
                    servers.stream()
                        .filter(other -> other.endsTls() && other.listen() == server.listen())
                        .toList());
        if (!chains.isEmpty()) {
          add(result, server, chains, true);
        }
      } else if (autoPassthrough(server)) {
        add(result, server, bySni(servers, server.listen()), true);
      }
    }
    return List.copyOf(result.values());
  }

  /// Whether mTLS is passed on by the SNI that sidecars use.
  public static boolean autoPassthrough(Server server) {
    return server.protocol().equals("TLS")
        && server.spec().at("tls", "mode").textOr("").equals("AUTO_PASSTHROUGH");
  }

  private void add(
      Map<String, Listener> result, Server server, List<FilterChain> chains, boolean tls) {
    for (String at : sight.proxy().addresses().gateway(server.listen())) {
      int colon = at.lastIndexOf(':');
      String address = at.substring(0, colon);
      int port = Integer.parseInt(at.substring(colon + 1));
      String name = ListenerName.outbound(address, port);
      Listener.Builder listener =
          Sockets.listener(name, address, port, TrafficDirection.OUTBOUND)
              .addAllFilterChains(chains);
      if (tls) {
        listener.addListenerFilters(Sockets.TLS_INSPECTOR);
      }
      result.putIfAbsent(name, listener.build());
    }
  }

  /// One chain per service, port and subset that some server of this port opens. A chain more does
  /// not disturb the others.
  private List<FilterChain> bySni(List<Server> servers, int listen) {
    Set<String> open = new TreeSet<>();
    servers.stream()
        .filter(server -> autoPassthrough(server) && server.listen() == listen)
        .forEach(server ->
            server.hosts().forEach(host -> open.add(host.substring(host.indexOf('/') + 1))));
    return new Clusters(sight)
        .eachOutbound().stream()
            .filter(
                name -> open.stream().anyMatch(pattern -> HostName.covers(pattern, name.host())))
            .map(ClusterName::sni)
            .map(sni ->
                FilterChain.newBuilder()
                    .setName(sni)
                    .setFilterChainMatch(
                        FilterChainMatch.newBuilder()
                            .setTransportProtocol("tls")
                            .addServerNames(sni))
                    .addFilters(TcpRoutes.to(sni))
                    .build())
            .toList();
  }
}
