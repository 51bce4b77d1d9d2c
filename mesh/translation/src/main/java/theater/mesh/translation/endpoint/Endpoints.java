package theater.mesh.translation.endpoint;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import theater.mesh.translation.Sight;
import theater.mesh.translation.memo.Unit;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.registry.EntryKind;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.rule.DestinationRule;
import theater.mesh.translation.rule.PeerAuthentications;
import theater.mesh.translation.rule.Subset;
import theater.mesh.translation.rule.TrafficPolicy;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshContext;
import theater.mesh.view.Proxy;
import theater.mesh.view.ServicePort;

/// All load assignments of a proxy. Another network is one endpoint per locality: its east-west
/// gateway, weighted by the number of its pods that can speak mTLS; pods that cannot are
/// unreachable there. With no gateway known, pods are called directly.
public final class Endpoints {
  private final Sight sight;

  /// For one proxy.
  public Endpoints(Sight sight) {
    this.sight = sight;
  }

  /// For each cluster of each service.
  public List<ClusterLoadAssignment> outbound() {
    return each(false);
  }

  /// For the clusters that an east-west gateway names by SNI.
  public List<ClusterLoadAssignment> bySni() {
    return each(true);
  }

  /// For one cluster, whose addresses Envoy looks up itself.
  ///
  /// @param sni whether an east-west gateway names it by SNI
  public ClusterLoadAssignment of(
      RegistryService service, ServicePort port, String subset, boolean sni) {
    DestinationRule rule = rule(service);
    return assignment(service, port, rule, rule.subset(subset).orElse(whole(rule)), sni);
  }

  private List<ClusterLoadAssignment> each(boolean sni) {
    List<ClusterLoadAssignment> result = new ArrayList<>();
    sight
        .registry()
        .all()
        .forEach(service -> result.addAll(sight.make(new OfService(service.host(), sni))));
    return result;
  }

  private record OfService(String host, boolean sni) implements Unit<List<ClusterLoadAssignment>> {
    @Override
    public List<ClusterLoadAssignment> make(Sight sight) {
      return new Endpoints(sight).all(sight.registry().find(host).orElseThrow(), sni);
    }
  }

  private List<ClusterLoadAssignment> all(RegistryService service, boolean sni) {
    List<ClusterLoadAssignment> result = new ArrayList<>();
    EntryKind kind = service.entry().kind();
    boolean asked =
        switch (kind) {
          case SERVICE -> !(service.headless() && sight.redirecting() && sight.sidecar());
          case STATIC -> true;
          case NONE -> !sight.sidecar();
          case DNS, DNS_ROUND_ROBIN, DYNAMIC_DNS -> false;
        };
    if (asked && !(sni && service.entry().external())) {
      DestinationRule rule = rule(service);
      for (ServicePort port : service.ports()) {
        result.add(assignment(service, port, rule, whole(rule), sni));
        rule.subsets().forEach(subset -> result.add(assignment(service, port, rule, subset, sni)));
      }
    }
    return result;
  }

  private DestinationRule rule(RegistryService service) {
    return sight
        .destinationRules()
        .forService(service)
        .orElseGet(() ->
            new DestinationRule(
                service.host(), SpecNode.absent(sight.problems()), List.of(), false));
  }

  /// All of a service, as a subset without a name.
  private static Subset whole(DestinationRule rule) {
    return new Subset("", Map.of(), SpecNode.absent(rule.trafficPolicy().problems()));
  }

  private ClusterLoadAssignment assignment(
      RegistryService service, ServicePort port, DestinationRule rule, Subset subset, boolean sni) {
    TrafficPolicy policy =
        subset.name().isEmpty() ? rule.policy(port.number()) : rule.policy(port.number(), subset);
    SpecNode tls = rule.endpointTls(port.number(), subset.name());
    boolean mutual =
        tls.at("mode").textOr(tls.present() ? "DISABLE" : "ISTIO_MUTUAL").equals("ISTIO_MUTUAL");
    Map<Locality, LocalityEndpoints> byLocality = new TreeMap<>();
    for (Endpoint endpoint : service.endpoints(port)) {
      if (endpoint.ready() && subset.selects(endpoint.workload().labels())) {
        add(service, endpoint, mutual, tls.present(), sni, byLocality);
      }
    }
    ClusterName name = ClusterName.outbound(port.number(), subset.name(), service.host());
    ClusterLoadAssignment.Builder assignment =
        ClusterLoadAssignment.newBuilder().setClusterName(sni ? name.sni() : name.text());
    LocalityBalance.of(policy, sight, service.entry().kind().named(), () -> labels(sight.proxy()))
        .apply(List.copyOf(byLocality.values()))
        .forEach(endpoints -> assignment.addEndpoints(endpoints.build()));
    return assignment.build();
  }

  private Map<String, String> labels(Proxy caller) {
    return TopologyLabels.of(
        caller.workload(), sight.registry().context(caller.workload().context()));
  }

  private void add(
      RegistryService service,
      Endpoint endpoint,
      boolean mutualAllowed,
      boolean explicit,
      boolean sni,
      Map<Locality, LocalityEndpoints> byLocality) {
    MeshContext there = sight.registry().context(endpoint.context());
    MeshContext here = sight.registry().context(sight.context());
    boolean mutual =
        mutualAllowed
            && endpoint.workload().sidecar()
            && (explicit
                || sight.peerAuthentications().mode(endpoint.workload(), endpoint.port())
                    != PeerAuthentications.Mode.DISABLE);
    boolean sameNetwork = there.network().equals(here.network());
    if (sni && !mutual) {
      return; // only mTLS has an SNI to be passed on by
    }
    if (sight.role() == Proxy.Role.EAST_WEST_GATEWAY && !there.network().equals(sight.network())) {
      return;
    }
    Locality locality = Locality.of(endpoint.workload());
    if (sameNetwork || there.eastWestAddress().isEmpty()) {
      byLocality
          .computeIfAbsent(locality, LocalityEndpoints::new)
          .add(
              endpoint.address(),
              endpoint.port(),
              mutual,
              service.weight(endpoint),
              TopologyLabels.of(endpoint.workload(), there));
    } else if (mutual) {
      byLocality
          .computeIfAbsent(locality, LocalityEndpoints::new)
          .add(
              there.eastWestAddress(),
              there.eastWestPort(),
              true,
              service.weight(endpoint),
              TopologyLabels.ofGateway(there));
    }
  }
}
