package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.names.ListenerName;
import theater.mesh.translation.registry.Protocol;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.rule.VirtualServices;
import theater.mesh.view.ServicePort;

/// A sidecar's route configurations: one per HTTP port of the mesh, with a virtual host for each
/// service that has it.
public final class SidecarRoutes {
  private static final int MADE_UP_PORT = 80;

  private final Sight sight;
  private final VirtualServices virtualServices;
  private final List<Rule> rules;

  /// For one proxy.
  public SidecarRoutes(Sight sight) {
    this.sight = sight;
    virtualServices = sight.virtualServices();
    rules = virtualServices.forMesh(sight.proxy().workload().namespace());
  }

  /// One per port, named by it.
  public List<RouteConfiguration> all() {
    Set<Integer> ports = new TreeSet<>();
    for (RegistryService service : sight.registry().all()) {
      service.ports().stream()
          .filter(port -> Protocol.of(port).http())
          .map(ServicePort::number)
          .forEach(ports::add);
    }
    return ports.stream().map(this::ofPort).toList();
  }

  private RouteConfiguration ofPort(int port) {
    RouteConfiguration.Builder routes =
        RouteConfiguration.newBuilder().setName(ListenerName.sidecarRoutes(port));
    routes.getValidateClustersBuilder().setValue(false);
    Set<String> taken = new LinkedHashSet<>();
    for (RegistryService service : sight.registry().all()) {
      if (service.port(port).filter(found -> Protocol.of(found).http()).isPresent()) {
        add(
            routes,
            service.host(),
            port,
            Domains.of(service, port, sight),
            routes(service, port),
            taken);
      }
    }
    for (Rule rule : rules) {
      for (String host : virtualServices.hosts(rule)) {
        if (madeUp(host, rule, port)) {
          List<Route> found =
              HttpRoutes.of(rule, new RouteScope(sight, port, VirtualServices.MESH));
          if (!found.isEmpty()) {
            add(routes, host, port, Domains.of(host, port), found, taken);
          }
        }
      }
    }
    return routes.addVirtualHosts(unknown()).build();
  }

  private List<Route> routes(RegistryService service, int port) {
    RouteScope scope = new RouteScope(sight, port, VirtualServices.MESH);
    for (Rule rule : virtualServices.forHost(service.host(), rules)) {
      List<Route> found = actsOn(service, rule) ? HttpRoutes.of(rule, scope) : List.of();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of(HttpRoutes.plain(scope, ClusterName.outbound(port, "", service.host())));
  }

  /// A route of the Gateway API acts for callers of its own namespace, or on a service of it.
  private boolean actsOn(RegistryService service, Rule rule) {
    return !rule.ofGatewayApi()
        || rule.namespace().equals(service.namespace())
        || rule.namespace().equals(sight.proxy().workload().namespace());
  }

  /// A host without a service exists on port 80, and on the ports of the services that share its
  /// rule.
  private boolean madeUp(String host, Rule rule, int port) {
    if (rule.ofGatewayApi()
        || !rule.spec().at("http").present()
        || sight.registry().all().stream()
            .anyMatch(
                service -> theater.mesh.translation.names.HostName.covers(host, service.host()))) {
      return false;
    }
    boolean shared =
        virtualServices.hosts(rule).stream()
            .anyMatch(other ->
                sight.registry().all().stream()
                    .anyMatch(service ->
                        theater.mesh.translation.names.HostName.covers(other, service.host())
                            && RouteScope.has(service, port)));
    return shared || port == MADE_UP_PORT;
  }

  private static void add(
      RouteConfiguration.Builder routes,
      String host,
      int port,
      List<String> domains,
      List<Route> found,
      Set<String> taken) {
    List<String> free = new ArrayList<>();
    for (String domain : domains) {
      if (taken.add(domain)) {
        free.add(domain);
      }
    }
    if (!free.isEmpty()) {
      VirtualHost.Builder virtualHost =
          VirtualHost.newBuilder()
              .setName(host + ":" + port)
              .addAllDomains(free)
              .addAllRoutes(found)
              .setIncludeRequestAttemptCount(true);
      routes.addVirtualHosts(virtualHost);
    }
  }

  /// Hosts that nobody declared: they pass, where calls are redirected to the proxy; elsewhere the
  /// original address is the listener itself, and passing would go round in circles.
  private VirtualHost unknown() {
    VirtualHost.Builder host =
        VirtualHost.newBuilder().addDomains("*").setIncludeRequestAttemptCount(true);
    Route.Builder route = Route.newBuilder();
    route.getMatchBuilder().setPrefix("/");
    if (sight.proxy().addresses().redirecting() && !sight.scope().registryOnly()) {
      route
          .setName("allow_any")
          .getRouteBuilder()
          .setCluster(ClusterName.PASSTHROUGH)
          .getTimeoutBuilder();
      return host.setName("allow_any").addRoutes(route).build();
    }
    route.setName("block_all").getDirectResponseBuilder().setStatus(502);
    return host.setName("block_all").addRoutes(route).build();
  }
}
