package theater.mesh.translation.listener;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.names.ListenerName;
import theater.mesh.translation.rule.Gateways.Server;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.rule.VirtualServices;
import theater.mesh.translation.security.AuthorizationPolicies;
import theater.mesh.translation.spec.SpecNode;

/// Connections that a gateway passes on without reading HTTP. Istio: VirtualService.tcp for servers
/// that take plain bytes or end TLS, VirtualService.tls for PASSTHROUGH; the first rule that fits.
final class GatewayTcp {
  static final String NAMES = "\\*|(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*";

  private final Sight sight;
  private final AuthorizationPolicies policies;
  private final TcpRoutes routes;

  GatewayTcp(Sight sight, AuthorizationPolicies policies) {
    this.sight = sight;
    this.policies = policies;
    routes = new TcpRoutes(sight);
  }

  /// Where connections of a server go; empty when no VirtualService says it: then there is no
  /// chain.
  List<Filter> filters(Server server) {
    for (Rule rule : bound(server)) {
      for (SpecNode tcp : rule.spec().at("tcp").items()) {
        List<SpecNode> matches = tcp.at("match").items();
        if (matches.isEmpty() || matches.stream().anyMatch(match -> fits(match, rule, server))) {
          List<Filter> result = filters(rule, tcp, server);
          if (!result.isEmpty()) {
            return result;
          }
        }
      }
    }
    server.spec().problem(Severity.INERT, "no VirtualService has a tcp route for it: not opened");
    return List.of();
  }

  /// The chains of a PASSTHROUGH server, by the names that callers ask for.
  ///
  /// @param taken names that this port has already
  List<FilterChain> bySni(Server server, Set<String> taken) {
    List<FilterChain> result = new ArrayList<>();
    for (Rule rule : bound(server)) {
      for (SpecNode tls : rule.spec().at("tls").items()) {
        for (SpecNode match : tls.at("match").items()) {
          if (fits(match, rule, server)) {
            List<Filter> filters = filters(rule, tls, server);
            List<String> names = filters.isEmpty() ? List.of() : names(match, taken);
            if (!names.isEmpty()) {
              FilterChain.Builder chain =
                  FilterChain.newBuilder()
                      .setName(
                          ListenerName.gatewayRoutes(server.port()) + ".sni." + names.getFirst())
                      .addAllFilters(filters);
              if (!names.contains("*")) {
                chain.getFilterChainMatchBuilder().addAllServerNames(names);
              }
              result.add(chain.build());
            }
          }
        }
      }
    }
    if (result.isEmpty()) {
      server.spec().problem(Severity.INERT, "no VirtualService has a tls route for it: not opened");
    }
    return result;
  }

  /// As in Istio a match with one name that is taken has no effect at all.
  private static List<String> names(SpecNode match, Set<String> taken) {
    List<String> names =
        match.at("sniHosts").textItems().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    if (names.stream().anyMatch(name -> !name.matches(NAMES))) {
      match.at("sniHosts").malformed("names such as *.example.com");
      return List.of();
    }
    if (names.stream().anyMatch(taken::contains)) {
      match
          .at("sniHosts")
          .problem(Severity.INERT, "has a name that another server or rule of this port has");
      return List.of();
    }
    taken.addAll(names);
    return names;
  }

  private List<Filter> filters(Rule rule, SpecNode route, Server server) {
    String statPrefix = "outbound_" + server.listen();
    List<Filter> result = new ArrayList<>();
    routes
        .atGateway(rule, route, server.port(), statPrefix)
        .ifPresent(proxy -> {
          result.addAll(policies.networkFilters("tcp."));
          result.add(proxy);
        });
    return result;
  }

  /// Rules bound to the server's Gateway with a host that the server opens to their namespace.
  private List<Rule> bound(Server server) {
    String namespace = sight.proxy().workload().namespace();
    return sight.virtualServices().forGateway(server.gateway(), namespace).stream()
        .filter(rule -> server.hosts().stream().anyMatch(open -> opens(open, rule)))
        .toList();
  }

  private boolean opens(String open, Rule rule) {
    int slash = open.indexOf('/');
    String namespace = open.substring(0, slash);
    return (namespace.equals("*") || namespace.equals(rule.namespace()))
        && sight.virtualServices().hosts(rule).stream()
            .anyMatch(host -> HostName.narrower(host, open.substring(slash + 1)) != null);
  }

  private static boolean fits(SpecNode match, Rule rule, Server server) {
    List<String> gateways = match.at("gateways").textItems();
    return match.at("port").unsigned().filter(port -> port != 0 && port != server.port()).isEmpty()
        && (gateways.isEmpty()
            || gateways.stream()
                .map(name -> VirtualServices.inFull(name, rule.namespace()))
                .anyMatch(server.gateway()::equals));
  }
}
