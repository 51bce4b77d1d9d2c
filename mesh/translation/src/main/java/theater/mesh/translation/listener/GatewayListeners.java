package theater.mesh.translation.listener;

import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.ListenerName;
import theater.mesh.translation.rule.Gateways.Server;
import theater.mesh.translation.security.AuthorizationPolicies;
import theater.mesh.translation.security.JwtFilter;
import theater.mesh.translation.telemetry.Telemetry;

/// Where gateways listen: a port is a set of chains, by SNI where there is TLS.
public final class GatewayListeners {
  private final Sight sight;
  private final AuthorizationPolicies policies;
  private final Telemetry telemetry;
  private final List<HttpFilter> security = new ArrayList<>();

  /// For one gateway.
  public GatewayListeners(Sight sight) {
    this.sight = sight;
    telemetry = new Telemetry(sight);
    policies = new AuthorizationPolicies(sight);
    security.addAll(policies.customHttpFilters());
    JwtFilter.of(sight).ifPresent(security::add);
    security.addAll(policies.httpFilters());
  }

  /// One per server port and address.
  public List<Listener> all(List<Server> servers) {
    Map<String, Listener> result = new LinkedHashMap<>();
    Map<String, List<Server>> bySocket = new LinkedHashMap<>();
    servers.forEach(
        server -> bySocket.computeIfAbsent(server.socket(), _ -> new ArrayList<>()).add(server));
    bySocket
        .values()
        .forEach(same -> {
          List<FilterChain> chains =
              new GatewayChains(sight, security, policies, telemetry).of(same);
          if (!chains.isEmpty()) {
            boolean tls =
                same.stream().anyMatch(server -> !server.plainHttp() && !server.plainTcp());
            add(result, same.getFirst(), chains, tls);
          }
        });
    return List.copyOf(result.values());
  }

  /// Whether mTLS is passed on by the SNI that sidecars use.
  public static boolean autoPassthrough(Server server) {
    return server.autoPassthrough();
  }

  private void add(
      Map<String, Listener> result, Server server, List<FilterChain> chains, boolean tls) {
    List<String> sockets =
        server.bind().isEmpty()
            ? sight.proxy().addresses().gateway(server.listen())
            : List.of(server.bind() + ":" + server.listen());
    for (String at : sockets) {
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
}
