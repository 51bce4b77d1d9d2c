package theater.mesh.translation.listener;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.cluster.SniClusters;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.names.ListenerName;
import theater.mesh.translation.rule.Gateways.Server;
import theater.mesh.translation.security.AuthorizationPolicies;
import theater.mesh.translation.telemetry.Telemetry;

/// The chains of a gateway's port: plain HTTP or TCP, and TLS, which the gateway ends (HTTPS, TLS)
/// or passes on by the name that the caller asks for. A name that two chains would have belongs to
/// the older: Envoy refuses a listener in which two chains fit alike.
final class GatewayChains {
  private static final String ANY = "*";

  private final Sight sight;
  private final List<HttpFilter> security;
  private final Telemetry telemetry;
  private final GatewayTcp tcp;
  private final GatewayTls tls;
  private final Set<String> taken = new HashSet<>();
  private final List<FilterChain> chains = new ArrayList<>();

  GatewayChains(
      Sight sight, List<HttpFilter> security, AuthorizationPolicies policies, Telemetry telemetry) {
    this.sight = sight;
    this.security = security;
    this.telemetry = telemetry;
    tcp = new GatewayTcp(sight, policies);
    tls = new GatewayTls(sight);
  }

  /// Of all servers of one port, once.
  List<FilterChain> of(List<Server> servers) {
    Server http = null;
    for (Server server : servers) {
      if (server.plainHttp()) {
        http = http == null ? server : http;
      } else if (server.endsTls()) {
        byHost(server, List.of(filter(server)));
      } else if (server.endsTlsOfTcp()) {
        byHost(server, tcp.filters(server));
      } else if (server.passesTls()) {
        chains.addAll(tcp.bySni(server, taken));
      } else if (server.plainTcp()) {
        bare(server, ".tcp", tcp.filters(server));
      }
    }
    if (http != null) {
      bare(http, ".http", List.of(filter(http)));
    }
    autoPassthrough(servers);
    return chains;
  }

  private Filter filter(Server server) {
    return HttpConnectionFilter.gateway(
        "outbound_" + server.listen(), server.routes(), security, telemetry);
  }

  private void byHost(Server server, List<Filter> filters) {
    if (filters.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (String host : server.hosts()) {
      String name = host.substring(host.indexOf('/') + 1);
      if (!name.matches(GatewayTcp.NAMES)) {
        server.spec().at("hosts").malformed("names such as *.example.com");
      } else if (taken.add(name.toLowerCase(Locale.ROOT))) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      server.spec().problem(Severity.INERT, "opens no host that an older server does not have");
      return;
    }
    FilterChain.Builder chain =
        FilterChain.newBuilder()
            .setName(ListenerName.gatewayRoutes(server.port()) + "." + chains.size())
            .addAllFilters(filters)
            .setTransportSocket(tls.socket(server.spec().at("tls"), server.endsTlsOfTcp()));
    if (!names.contains(ANY)) {
      chain.getFilterChainMatchBuilder().addAllServerNames(names);
    }
    chains.add(chain.build());
  }

  private void bare(Server server, String name, List<Filter> filters) {
    if (!filters.isEmpty() && !taken.add(ANY)) {
      server.spec().problem(Severity.INERT, "an older server has every connection of this port");
    } else if (!filters.isEmpty()) {
      chains.add(
          FilterChain.newBuilder()
              .setName(ListenerName.gatewayRoutes(server.port()) + name)
              .addAllFilters(filters)
              .build());
    }
  }

  /// One chain per service, port and subset that some server opens. A chain more does not disturb
  /// the others.
  private void autoPassthrough(List<Server> servers) {
    List<String> open =
        servers.stream()
            .filter(Server::autoPassthrough)
            .flatMap(server -> server.hosts().stream())
            .map(host -> host.substring(host.indexOf('/') + 1))
            .toList();
    if (open.isEmpty()) {
      return;
    }
    TcpRoutes routes = new TcpRoutes(sight);
    new SniClusters(sight)
        .names().stream()
            .filter(
                name -> open.stream().anyMatch(pattern -> HostName.covers(pattern, name.host())))
            .filter(name -> taken.add(name.sni()))
            .forEach(name ->
                chains.add(
                    FilterChain.newBuilder()
                        .setName(name.sni())
                        .setFilterChainMatch(
                            FilterChainMatch.newBuilder()
                                .setTransportProtocol("tls")
                                .addServerNames(name.sni()))
                        .addFilters(routes.bySni(name))
                        .build()));
  }
}
