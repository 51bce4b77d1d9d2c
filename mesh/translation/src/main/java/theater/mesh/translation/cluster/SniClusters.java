package theater.mesh.translation.cluster;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.Sight;
import theater.mesh.translation.memo.Unit;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.registry.EntryKind;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.rule.DestinationRule;
import theater.mesh.translation.rule.Subset;
import theater.mesh.view.ServicePort;

/// What an east-west gateway passes on by SNI: the services of the mesh, with the rules for their
/// connections. The callers' mTLS goes through as it came, so nothing is said of TLS here.
public final class SniClusters {
  private static final List<ClusterFeature> FEATURES =
      List.of(new ConnectionPool(), new OutlierDetection(), new LoadBalancer());

  private final Sight sight;

  /// For one gateway.
  public SniClusters(Sight sight) {
    this.sight = sight;
  }

  /// One per service, port and subset, named by its SNI.
  public List<Cluster> all() {
    List<Cluster> result = new ArrayList<>();
    for (RegistryService service : sight.registry().all()) {
      if (passedOn(service)) {
        result.addAll(sight.make(new OfService(service.host())));
      }
    }
    return result;
  }

  /// Their names.
  public List<ClusterName> names() {
    List<ClusterName> result = new ArrayList<>();
    for (RegistryService service : sight.registry().all()) {
      for (ServicePort port : passedOn(service) ? service.ports() : List.<ServicePort>of()) {
        result.add(ClusterName.outbound(port.number(), "", service.host()));
        sight
            .destinationRules()
            .forService(service)
            .ifPresent(rule ->
                rule.subsets()
                    .forEach(subset ->
                        result.add(
                            ClusterName.outbound(port.number(), subset.name(), service.host()))));
      }
    }
    return result;
  }

  private static boolean passedOn(RegistryService service) {
    return !service.entry().external() && service.entry().kind() != EntryKind.DYNAMIC_DNS;
  }

  private record OfService(String host) implements Unit<List<Cluster>> {
    @Override
    public List<Cluster> make(Sight sight) {
      List<Cluster> result = new ArrayList<>();
      RegistryService service = sight.registry().find(host).orElseThrow();
      Clusters clusters = new Clusters(sight);
      DestinationRule rule = sight.destinationRules().forService(service).orElse(null);
      for (ServicePort port : service.ports()) {
        result.add(
            finished(
                clusters, clusters.draft(service, port, "", clusters.policy(rule, port)), port));
        for (Subset subset : rule == null ? List.<Subset>of() : rule.subsets()) {
          result.add(
              finished(
                  clusters,
                  clusters.draft(service, port, subset.name(), rule.policy(port.number(), subset)),
                  port));
        }
      }
      return List.copyOf(result);
    }
  }

  private static Cluster finished(Clusters clusters, ClusterDraft draft, ServicePort port) {
    FEATURES.forEach(feature -> feature.apply(draft));
    clusters.endpoints(draft, draft.name.sni(), port, true);
    return draft.build().toBuilder().setName(draft.name.sni()).build();
  }
}
