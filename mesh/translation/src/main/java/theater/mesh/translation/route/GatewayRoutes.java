package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.rule.Gateways.Server;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.rule.VirtualServices;

/// A gateway's route configurations: one per server port. Several VirtualServices for one host
/// merge there, those without conditions last.
public final class GatewayRoutes {
  private final Sight sight;
  private final VirtualServices virtualServices;

  /// For one gateway.
  public GatewayRoutes(Sight sight) {
    this.sight = sight;
    virtualServices = sight.virtualServices();
  }

  /// For the HTTP servers given.
  public List<RouteConfiguration> all(List<Server> servers) {
    Map<String, List<Server>> byName = new TreeMap<>();
    for (Server server : servers) {
      if (server.plainHttp() || server.endsTls()) {
        byName.computeIfAbsent(server.routes(), _ -> new ArrayList<>()).add(server);
      }
    }
    List<RouteConfiguration> result = new ArrayList<>();
    byName.forEach((name, same) -> result.add(of(name, same.getFirst().port(), same)));
    return result;
  }

  private RouteConfiguration of(String name, int port, List<Server> servers) {
    Map<String, List<Route>> byHost = new LinkedHashMap<>();
    Map<String, Boolean> redirected = new LinkedHashMap<>();
    for (Server server : servers) {
      boolean httpsOnly = server.plainHttp() && server.spec().at("tls", "httpsRedirect").flag();
      for (Rule rule :
          virtualServices.forGateway(server.gateway(), sight.proxy().workload().namespace())) {
        List<String> hosts = hosts(rule, server);
        if (!hosts.isEmpty()) {
          List<Route> routes =
              HttpRoutes.of(
                  rule,
                  new RouteScope(
                      sight, port, server.gateway(), server.spec().at("tls").present(), false));
          if (routes.isEmpty()) {
            continue; // no host of a rule without a route for this gateway
          }
          for (String host : hosts) {
            byHost.computeIfAbsent(host, _ -> new ArrayList<>()).addAll(routes);
            redirected.merge(host, httpsOnly, Boolean::logicalOr);
          }
        }
      }
      if (httpsOnly) {
        for (String host : server.hosts()) {
          String plain = host.substring(host.indexOf('/') + 1);
          byHost.computeIfAbsent(plain, _ -> new ArrayList<>());
          redirected.put(plain, true);
        }
      }
    }
    RouteConfiguration.Builder result =
        RouteConfiguration.newBuilder()
            .setName(name)
            .setIgnorePortInHostMatching(true)
            .setMaxDirectResponseBodySizeBytes(DirectResponse.LONGEST);
    result.getValidateClustersBuilder().setValue(false);
    byHost.forEach((host, routes) -> {
      VirtualHost.Builder virtualHost =
          VirtualHost.newBuilder()
              .setName(host + ":" + port)
              .addDomains(host)
              .addAllRoutes(catchAllsLast(routes))
              .setIncludeRequestAttemptCount(true);
      if (redirected.getOrDefault(host, false)) {
        virtualHost.setRequireTls(VirtualHost.TlsRequirementType.ALL);
      }
      result.addVirtualHosts(virtualHost);
    });
    if (byHost.isEmpty()) {
      result.addVirtualHosts(VirtualHost.newBuilder().setName("blackhole:" + port).addDomains("*"));
    }
    return result.build();
  }

  /// The rule's hosts that the server opens to the rule's namespace, the narrower of both.
  private List<String> hosts(Rule rule, Server server) {
    List<String> result = new ArrayList<>();
    for (String open : server.hosts()) {
      String namespace = open.substring(0, open.indexOf('/'));
      if (namespace.equals("*") || namespace.equals(rule.namespace())) {
        for (String host : virtualServices.hosts(rule)) {
          String narrower = HostName.narrower(host, open.substring(open.indexOf('/') + 1));
          if (narrower != null && !result.contains(narrower)) {
            result.add(narrower);
          }
        }
      }
    }
    return result;
  }

  private static List<Route> catchAllsLast(List<Route> routes) {
    List<Route> result =
        new ArrayList<>(
            routes.stream().filter(route -> !Matches.everything(route.getMatch())).toList());
    routes.stream()
        .filter(route -> Matches.everything(route.getMatch()))
        .findFirst()
        .ifPresent(result::add);
    return result;
  }
}
