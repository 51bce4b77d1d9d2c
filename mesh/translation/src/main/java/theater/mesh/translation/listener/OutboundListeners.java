package theater.mesh.translation.listener;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.memo.Unit;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.names.ListenerName;
import theater.mesh.translation.registry.EntryKind;
import theater.mesh.translation.registry.Protocol;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.route.SidecarRoutes;
import theater.mesh.translation.security.CidrBlock;
import theater.mesh.translation.telemetry.Telemetry;
import theater.mesh.view.Endpoint;
import theater.mesh.view.ServicePort;

/// Where a sidecar takes its application's calls. With redirection: 0.0.0.0 for an HTTP port, the
/// ClusterIP for TCP and for a port that does not say what it speaks, one virtual listener for the
/// rest. Without it: the service's own address, one listener per port; ports below 1024 need
/// privileges there and are left out.
public final class OutboundListeners {
  private static final String ANYWHERE = "0.0.0.0";
  private static final int VIRTUAL_PORT = 15001;
  private static final int FIRST_UNPRIVILEGED = 1024;

  private final Sight sight;
  private final ServiceChains tcp;
  private final Telemetry telemetry;

  /// For one sidecar.
  public OutboundListeners(Sight sight) {
    this.sight = sight;
    tcp = new ServiceChains(sight, new TcpRoutes(sight));
    telemetry = new Telemetry(sight);
  }

  /// By address and port; the first service of an address has it.
  public List<Listener> all() {
    Map<String, Listener> byName = new TreeMap<>();
    for (RegistryService service : sight.registry().all()) {
      for (Listener listener : sight.make(new OfService(service.host()))) {
        int port = listener.getAddress().getSocketAddress().getPortValue();
        boolean tls = service.port(port).map(Protocol::of).equals(Optional.of(Protocol.TLS));
        byName.merge(
            listener.getName(),
            listener,
            (first, second) ->
                tls || byBlock(first) || byBlock(second) ? both(first, second) : first);
      }
    }
    List<Listener> result = new ArrayList<>(byName.values());
    if (sight.redirecting()) {
      result.add(virtual());
    }
    return result;
  }

  private record OfService(String host) implements Unit<List<Listener>> {
    @Override
    public List<Listener> make(Sight sight) {
      return new OutboundListeners(sight).all(sight.registry().find(host).orElseThrow());
    }
  }

  private List<Listener> all(RegistryService service) {
    List<Listener> result = new ArrayList<>();
    boolean redirecting = sight.redirecting();
    if (service.entry().kind() != EntryKind.SERVICE && !redirecting) {
      sight
          .problems()
          .add(
              Severity.NOT_MODELLED,
              "ServiceEntry of " + service.host(),
              "spec.hosts",
              "no name leads to the proxy here: the application's calls to it pass by the mesh");
      return result;
    }
    for (ServicePort port : service.ports()) {
      Protocol protocol = Protocol.of(port);
      boolean http = protocol.http() && protocol != Protocol.SNIFFED;
      boolean found = sight.scope().answers(service.namespace(), service.host(), port.number());
      if (found && (redirecting || port.number() >= FIRST_UNPRIVILEGED)) {
        (redirecting && http ? List.of(ANYWHERE) : addresses(service, port))
            .forEach(address -> result.add(of(service, port, address)));
      }
    }
    return result;
  }

  /// Where a service is called. A ServiceEntry without addresses is called anywhere, and so is a
  /// block of addresses: there the chain tells them. Of a headless service callers dial the pods.
  private List<String> addresses(RegistryService service, ServicePort port) {
    if (service.headless() && sight.redirecting()) {
      return service.endpoints(port).stream()
          .filter(Endpoint::ready)
          .map(Endpoint::address)
          .filter(address -> !address.equals(sight.proxy().workload().ip()))
          .distinct()
          .toList();
    }
    if (service.entry().kind() == EntryKind.SERVICE) {
      return sight.outbound(service.nearest()).stream().toList();
    }
    return service.entry().addresses().isEmpty() ? List.of(ANYWHERE) : service.entry().addresses();
  }

  private Listener of(RegistryService service, ServicePort port, String called) {
    Optional<CidrRange> block = called.contains("/") ? CidrBlock.of(called) : Optional.empty();
    String address = block.isPresent() ? ANYWHERE : called;
    String name = ListenerName.outbound(address, port.number());
    Listener.Builder listener =
        Sockets.listener(name, address, port.number(), TrafficDirection.OUTBOUND);
    if (sight.redirecting()) {
      listener.setBindToPort(BoolValue.of(false));
    }
    boolean shared = address.equals(ANYWHERE);
    FilterChain.Builder http =
        FilterChain.newBuilder()
            .setName("http")
            .addFilters(
                HttpConnectionFilter.outbound(
                    "outbound_" + name, SidecarRoutes.name(service, port, !shared), telemetry));
    switch (Protocol.of(port)) {
      case HTTP, HTTP2, GRPC -> listener.addFilterChains(http);
      case TCP, TLS -> other(listener, tcp.of(service, port, shared, block));
      case SNIFFED -> {
        listener
            .addListenerFilters(Sockets.HTTP_INSPECTOR)
            .addFilterChains(http.setFilterChainMatch(Sockets.http()));
        for (FilterChain.Builder chain : tcp.of(service, port, shared, block)) {
          if (chain.hasFilterChainMatch()) {
            listener.addFilterChains(chain);
          } else {
            listener.setDefaultFilterChain(chain);
          }
        }
        if (!listener.hasDefaultFilterChain()) {
          listener.setDefaultFilterChain(untaken());
        }
      }
    }
    return listener.build();
  }

  /// What no chain takes goes on as without a listener.
  private void other(Listener.Builder listener, List<FilterChain.Builder> chains) {
    chains.forEach(listener::addFilterChains);
    if (chains.stream().anyMatch(chain -> chain.getFilterChainMatch().getServerNamesCount() > 0)) {
      listener.addListenerFilters(Sockets.TLS_INSPECTOR);
    }
    if (chains.stream().allMatch(FilterChain.Builder::hasFilterChainMatch)) {
      listener.setDefaultFilterChain(untaken());
    }
  }

  private FilterChain.Builder untaken() {
    return FilterChain.newBuilder().setName("rest").addFilters(TcpRoutes.to(rest()));
  }

  private static boolean byBlock(Listener listener) {
    return listener.getFilterChainsList().stream()
        .anyMatch(chain -> chain.getFilterChainMatch().getPrefixRangesCount() > 0);
  }

  /// Two services that callers tell apart by the name or the address that they ask for. A chain
  /// that fits like one of the first is left out: Envoy would refuse both.
  private Listener both(Listener first, Listener second) {
    Listener.Builder result = first.toBuilder();
    Set<FilterChainMatch> taken = new HashSet<>();
    first.getFilterChainsList().forEach(chain -> taken.add(chain.getFilterChainMatch()));
    Set<String> names = new HashSet<>();
    Set<CidrRange> blocks = new HashSet<>();
    for (FilterChainMatch match : taken) {
      names.addAll(match.getServerNamesList());
      if (match.getServerNamesCount() == 0) {
        blocks.addAll(match.getPrefixRangesList());
      }
    }
    for (FilterChain chain : second.getFilterChainsList()) {
      FilterChainMatch match = chain.getFilterChainMatch();
      boolean same =
          match.getServerNamesCount() > 0
              ? match.getServerNamesList().stream().anyMatch(names::contains)
              : match.getPrefixRangesList().stream().anyMatch(blocks::contains);
      if (taken.add(match) && !same) {
        names.addAll(match.getServerNamesList());
        blocks.addAll(match.getPrefixRangesList());
        result.addFilterChains(chain);
      }
    }
    if (!first.getListenerFiltersList().contains(Sockets.TLS_INSPECTOR)
        && second.getListenerFiltersList().contains(Sockets.TLS_INSPECTOR)) {
      result.addListenerFilters(Sockets.TLS_INSPECTOR);
    }
    return result.build();
  }

  /// Without redirection a call that is passed on would come back to the same listener.
  private String rest() {
    return sight.scope().registryOnly() || !sight.redirecting()
        ? ClusterName.BLACK_HOLE
        : ClusterName.PASSTHROUGH;
  }

  private Listener virtual() {
    String rest = rest();
    return Sockets.listener(
            ListenerName.VIRTUAL_OUTBOUND, ANYWHERE, VIRTUAL_PORT, TrafficDirection.OUTBOUND)
        .setUseOriginalDst(BoolValue.of(true))
        .addFilterChains(
            FilterChain.newBuilder()
                .setName(ListenerName.VIRTUAL_OUTBOUND + "-catchall-tcp")
                .addFilters(TcpRoutes.to(rest)))
        .build();
  }
}
