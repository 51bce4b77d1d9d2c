package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import theater.mesh.translation.Sight;
import theater.mesh.translation.memo.Unit;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.names.ListenerName;
import theater.mesh.translation.registry.EntryKind;
import theater.mesh.translation.registry.Protocol;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.rule.VirtualServices;
import theater.mesh.view.ServicePort;

/// A sidecar's route configurations: one per HTTP port of the mesh, with a virtual host for each
/// service that has it; and one for each port that does not say what it speaks, for any Host.
public final class SidecarRoutes {
  private static final int MADE_UP_PORT = 80;

  private final Sight sight;

  /// For one proxy.
  public SidecarRoutes(Sight sight) {
    this.sight = sight;
  }

  /// What a port's listener asks for. Where the first bytes tell the protocol, a service with an
  /// address has a listener of its own and so routes of its own.
  ///
  /// @param own whether the listener is at an address of the service
  public static String name(RegistryService service, ServicePort port, boolean own) {
    return own && Protocol.of(port) == Protocol.SNIFFED
        ? ListenerName.serviceRoutes(service.host(), port.number())
        : ListenerName.sidecarRoutes(port.number());
  }

  /// Those that listeners ask for, once.
  public List<RouteConfiguration> all() {
    return sight.make(new Names()).stream().map(sight::make).toList();
  }

  /// Of ports, sorted, then of services.
  private record Names() implements Unit<List<Unit<RouteConfiguration>>> {
    @Override
    public List<Unit<RouteConfiguration>> make(Sight sight) {
      Set<Integer> ports = new TreeSet<>();
      List<Unit<RouteConfiguration>> alone = new ArrayList<>();
      for (RegistryService service : sight.registry().all()) {
        for (ServicePort port : service.ports()) {
          if (!Protocol.of(port).http()) {
            continue;
          }
          boolean sniffed = Protocol.of(port) == Protocol.SNIFFED;
          if (!sniffed || anywhere(service, sight)) {
            ports.add(port.number());
          }
          if (sniffed && somewhere(service, sight)) {
            alone.add(new Alone(service.host(), port.number()));
          }
        }
      }
      List<Unit<RouteConfiguration>> result = new ArrayList<>();
      ports.forEach(port -> result.add(new OfPort(port)));
      result.addAll(alone);
      return List.copyOf(result);
    }
  }

  /// Whether a service has an address at which only its own calls arrive.
  private static boolean somewhere(RegistryService service, Sight sight) {
    return service.entry().kind() == EntryKind.SERVICE
        ? sight.outbound(service.nearest()).isPresent() || service.headless() && sight.redirecting()
        : sight.redirecting()
            && service.entry().addresses().stream().anyMatch(text -> !text.contains("/"));
  }

  private static boolean anywhere(RegistryService service, Sight sight) {
    return service.entry().addresses().stream().anyMatch(text -> text.contains("/"))
        || !somewhere(service, sight);
  }

  /// Whatever Host a caller names, it has called the service's address.
  private record Alone(String host, int port) implements Unit<RouteConfiguration> {
    @Override
    public RouteConfiguration make(Sight sight) {
      RegistryService service = sight.registry().find(host).orElseThrow();
      RouteConfiguration.Builder routes =
          configuration(ListenerName.serviceRoutes(service.host(), port));
      if (sight.scope().answers(service.namespace(), host, port)) {
        routes.addVirtualHosts(
            virtualHost(host, port, List.of("*"), sight.make(new RoutesOf(host, port))));
      }
      return routes.build();
    }
  }

  private record OfPort(int port) implements Unit<RouteConfiguration> {
    @Override
    public RouteConfiguration make(Sight sight) {
      return new SidecarRoutes(sight).ofPort(port);
    }
  }

  private record OfService(String host, int port) implements Unit<VirtualHost> {
    @Override
    public VirtualHost make(Sight sight) {
      RegistryService service = sight.registry().find(host).orElseThrow();
      return virtualHost(
          host, port, Domains.of(service, sight), sight.make(new RoutesOf(host, port)));
    }
  }

  private record RoutesOf(String host, int port) implements Unit<List<Route>> {
    @Override
    public List<Route> make(Sight sight) {
      RouteScope scope = new RouteScope(sight, port, VirtualServices.MESH);
      RegistryService service = sight.registry().find(host).orElseThrow();
      for (Rule rule : sight.virtualServices().forHost(host)) {
        boolean acts = actsOn(service, rule, sight) && sight.scope().imports(rule, port);
        List<Route> found = acts ? HttpRoutes.of(rule, scope) : List.of();
        if (!found.isEmpty()) {
          return found;
        }
      }
      return List.of(HttpRoutes.plain(scope, ClusterName.outbound(port, "", host)));
    }
  }

  /// A host of a rule that is no service's.
  private record Stray(String host, Rule rule) {}

  /// Hosts of rules that are no services.
  private record Strays() implements Unit<List<Stray>> {
    @Override
    public List<Stray> make(Sight sight) {
      List<Stray> result = new ArrayList<>();
      VirtualServices virtualServices = sight.virtualServices();
      for (Rule rule : virtualServices.forMesh()) {
        if (!rule.ofGatewayApi() && rule.spec().at("http").present()) {
          for (String host : virtualServices.hosts(rule)) {
            if (sight.registry().coveredBy(host).isEmpty()) {
              result.add(new Stray(host, rule));
            }
          }
        }
      }
      return List.copyOf(result);
    }
  }

  /// Virtual hosts for hosts of rules that are no services.
  private record MadeUp(int port) implements Unit<List<VirtualHost>> {
    @Override
    public List<VirtualHost> make(Sight sight) {
      List<VirtualHost> result = new ArrayList<>();
      for (Stray stray : sight.make(new Strays())) {
        if (exists(stray.rule(), port, sight) && sight.scope().imports(stray.rule(), port)) {
          List<Route> found =
              HttpRoutes.of(stray.rule(), new RouteScope(sight, port, VirtualServices.MESH));
          if (!found.isEmpty()) {
            result.add(virtualHost(stray.host(), port, List.of(stray.host()), found));
          }
        }
      }
      return List.copyOf(result);
    }
  }

  private RouteConfiguration ofPort(int port) {
    RouteConfiguration.Builder routes = configuration(ListenerName.sidecarRoutes(port));
    Set<String> taken = new HashSet<>();
    for (RegistryService service : sight.registry().all()) {
      if (service.port(port).filter(found -> Protocol.of(found).http()).isPresent()
          && sight.scope().answers(service.namespace(), service.host(), port)) {
        add(routes, sight.make(new OfService(service.host(), port)), taken);
      }
    }
    sight.make(new MadeUp(port)).forEach(host -> add(routes, host, taken));
    return routes.addVirtualHosts(unknown()).build();
  }

  private static RouteConfiguration.Builder configuration(String name) {
    RouteConfiguration.Builder result =
        RouteConfiguration.newBuilder()
            .setName(name)
            .setIgnorePortInHostMatching(true)
            .setMaxDirectResponseBodySizeBytes(DirectResponse.LONGEST);
    result.getValidateClustersBuilder().setValue(false);
    return result;
  }

  /// A route of the Gateway API acts for callers of its own namespace, or on a service of it.
  private static boolean actsOn(RegistryService service, Rule rule, Sight sight) {
    return !rule.ofGatewayApi()
        || rule.namespace().equals(service.namespace())
        || sight.in(rule.namespace());
  }

  /// A host without a service exists on port 80, and on the ports of the services that share its
  /// rule.
  private static boolean exists(Rule rule, int port, Sight sight) {
    return port == MADE_UP_PORT
        || sight.virtualServices().hosts(rule).stream()
            .anyMatch(other ->
                sight.registry().coveredBy(other).stream()
                    .anyMatch(service -> RouteScope.has(service, port)));
  }

  /// A domain belongs to the first who has it.
  private static void add(RouteConfiguration.Builder routes, VirtualHost host, Set<String> taken) {
    List<String> free = host.getDomainsList().stream().filter(taken::add).toList();
    if (free.size() == host.getDomainsCount()) {
      routes.addVirtualHosts(host);
    } else if (!free.isEmpty()) {
      routes.addVirtualHosts(host.toBuilder().clearDomains().addAllDomains(free));
    }
  }

  private static VirtualHost virtualHost(
      String host, int port, List<String> domains, List<Route> routes) {
    return VirtualHost.newBuilder()
        .setName(host + ":" + port)
        .addAllDomains(domains)
        .addAllRoutes(routes)
        .setIncludeRequestAttemptCount(true)
        .build();
  }

  /// Hosts that nobody declared: they pass, where calls are redirected to the proxy; elsewhere the
  /// original address is the listener itself, and passing would go round in circles.
  private VirtualHost unknown() {
    VirtualHost.Builder host =
        VirtualHost.newBuilder().addDomains("*").setIncludeRequestAttemptCount(true);
    Route.Builder route = Route.newBuilder();
    route.getMatchBuilder().setPrefix("/");
    if (sight.redirecting() && !sight.scope().registryOnly()) {
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
