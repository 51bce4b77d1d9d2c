package theater.mesh.translation.cluster;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.EdsClusterConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbPolicy;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.Origin;
import theater.mesh.translation.Sight;
import theater.mesh.translation.endpoint.Endpoints;
import theater.mesh.translation.memo.Unit;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.names.Secrets;
import theater.mesh.translation.registry.EntryKind;
import theater.mesh.translation.registry.Protocol;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.rule.DestinationRule;
import theater.mesh.translation.rule.Subset;
import theater.mesh.translation.rule.TrafficPolicy;
import theater.mesh.translation.rule.Tunnel;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ServicePort;

/// All clusters of a proxy.
public final class Clusters {
  private static final List<ClusterFeature> FEATURES =
      List.of(
          new ConnectionPool(),
          new OutlierDetection(),
          new LoadBalancer(),
          new Tls(),
          new ProxyProtocol());
  private static final List<String> STRUCTURE =
      List.of(
          "host",
          "exportTo[]",
          "workloadSelector.matchLabels.*",
          "subsets[].name",
          "subsets[].labels.*",
          "trafficPolicy.portLevelSettings[].port.number",
          "subsets[].trafficPolicy.portLevelSettings[].port.number");
  private static final int EDS_TIMEOUT_MILLIS = 200;

  private final Sight sight;

  /// For one proxy.
  public Clusters(Sight sight) {
    this.sight = sight;
  }

  /// The fields of DestinationRule that have an effect.
  public static ModelledFields modelledFields() {
    List<String> paths = new ArrayList<>(STRUCTURE);
    List<String> fields = new ArrayList<>(Tunnel.FIELDS);
    FEATURES.forEach(feature -> fields.addAll(feature.fields()));
    for (String field : fields) {
      for (String place :
          List.of(
              "trafficPolicy.",
              "trafficPolicy.portLevelSettings[].",
              "subsets[].trafficPolicy.",
              "subsets[].trafficPolicy.portLevelSettings[].")) {
        if (!place.contains("portLevelSettings") || TrafficPolicy.ofAPort(field)) {
          paths.add(place + field);
        }
      }
    }
    return ModelledFields.of(paths);
  }

  /// One per service, port and subset, and the two that unknown calls end in.
  public List<Cluster> outbound() {
    List<Cluster> result = new ArrayList<>();
    sight.destinationRules().read();
    sight
        .registry()
        .all()
        .forEach(service -> result.addAll(sight.make(new OfService(service.host()))));
    result.add(passthrough(ClusterName.PASSTHROUGH));
    result.add(
        Cluster.newBuilder()
            .setName(ClusterName.BLACK_HOLE)
            .setType(DiscoveryType.STATIC)
            .setConnectTimeout(GoDuration.seconds(10))
            .build());
    return result;
  }

  private record OfService(String host) implements Unit<List<Cluster>> {
    @Override
    public List<Cluster> make(Sight sight) {
      List<Cluster> result = new ArrayList<>();
      RegistryService service = sight.registry().find(host).orElseThrow();
      if (service.entry().kind() != EntryKind.DYNAMIC_DNS) {
        service.ports().forEach(port -> new Clusters(sight).of(service, port, result));
      }
      return List.copyOf(result);
    }
  }

  private void of(RegistryService service, ServicePort port, List<Cluster> result) {
    DestinationRule rule = sight.destinationRules().forService(service).orElse(null);
    result.add(
        outbound(
            draft(service, port, "", policy(rule, port)),
            port,
            rule == null ? Origin.NONE : Origin.cluster("", "", policyOf(rule.trafficPolicy()))));
    if (rule != null) {
      for (Subset subset : rule.subsets()) {
        result.add(
            outbound(
                draft(service, port, subset.name(), rule.policy(port.number(), subset)),
                port,
                origin(rule, subset)));
      }
    }
  }

  TrafficPolicy policy(DestinationRule rule, ServicePort port) {
    return rule == null ? TrafficPolicy.none(sight.problems()) : rule.policy(port.number());
  }

  private static Origin origin(DestinationRule rule, Subset subset) {
    String place = subset.trafficPolicy().path();
    return Origin.cluster(
        subset.trafficPolicy().object(),
        place.substring(0, place.lastIndexOf('.')),
        policyOf(rule.trafficPolicy()));
  }

  private static String policyOf(SpecNode policy) {
    return policy.present() ? policy.object() : "";
  }

  /// With its name and how its endpoints are found.
  ClusterDraft draft(
      RegistryService service, ServicePort port, String subset, TrafficPolicy policy) {
    ClusterDraft draft =
        new ClusterDraft(
            sight,
            ClusterName.outbound(port.number(), subset, service.host()),
            service,
            Protocol.of(port),
            policy);
    draft.cluster.setType(discovery(service));
    return draft;
  }

  private Cluster outbound(ClusterDraft draft, ServicePort port, Origin origin) {
    if (origin.present()) {
      draft.cluster.setMetadata(origin.metadata());
    }
    FEATURES.forEach(feature -> feature.apply(draft));
    endpoints(draft, draft.name.text(), port, false);
    return draft.build();
  }

  /// Says where its endpoints come from.
  void endpoints(ClusterDraft draft, String name, ServicePort port, boolean sni) {
    if (draft.cluster.getType() == DiscoveryType.EDS) {
      draft.cluster.setEdsClusterConfig(eds(name));
    } else if (draft.cluster.getType() != DiscoveryType.ORIGINAL_DST) {
      lookUp(draft, port, sni);
    } else {
      draft.cluster.setLbPolicy(LbPolicy.CLUSTER_PROVIDED);
    }
  }

  /// Only a sidecar knows the address that was called.
  private DiscoveryType discovery(RegistryService service) {
    return switch (service.entry().kind()) {
      case SERVICE ->
          service.headless() && sight.redirecting() && sight.sidecar()
              ? DiscoveryType.ORIGINAL_DST
              : DiscoveryType.EDS;
      case STATIC, DYNAMIC_DNS -> DiscoveryType.EDS;
      case NONE -> sight.sidecar() ? DiscoveryType.ORIGINAL_DST : DiscoveryType.EDS;
      case DNS -> DiscoveryType.STRICT_DNS;
      case DNS_ROUND_ROBIN -> DiscoveryType.LOGICAL_DNS;
    };
  }

  /// Envoy asks for the addresses itself, each minute or as often as the answer allows. The newer
  /// form, an extension, says the same in more words.
  @SuppressWarnings("deprecation")
  private void lookUp(ClusterDraft draft, ServicePort port, boolean sni) {
    draft
        .cluster
        .setDnsLookupFamily(Cluster.DnsLookupFamily.V4_ONLY)
        .setDnsRefreshRate(GoDuration.seconds(60))
        .setRespectDnsTtl(true)
        .setLoadAssignment(new Endpoints(sight).of(draft.service, port, draft.name.subset(), sni));
    long addresses =
        draft.cluster.getLoadAssignment().getEndpointsList().stream()
            .mapToLong(LocalityLbEndpoints::getLbEndpointsCount)
            .sum();
    if (addresses != 1) {
      draft.cluster.setType(DiscoveryType.STRICT_DNS); // the other takes one name only
    }
  }

  /// The application beside the proxy, for one port that the proxy listens at.
  public Cluster inbound(
      RegistryService service,
      Protocol protocol,
      TrafficPolicy policy,
      int port,
      Address application) {
    ClusterDraft draft =
        new ClusterDraft(sight, ClusterName.inbound(port), service, protocol, policy);
    draft.cluster.setType(DiscoveryType.STATIC);
    FEATURES.forEach(feature -> feature.apply(draft));
    draft.cluster.setLoadAssignment(
        ClusterLoadAssignment.newBuilder()
            .setClusterName(draft.name.text())
            .addEndpoints(
                LocalityLbEndpoints.newBuilder()
                    .addLbEndpoints(
                        LbEndpoint.newBuilder()
                            .setEndpoint(Endpoint.newBuilder().setAddress(application)))));
    return draft.build();
  }

  private static EdsClusterConfig eds(String name) {
    return EdsClusterConfig.newBuilder()
        .setServiceName(name)
        .setEdsConfig(Secrets.source(EDS_TIMEOUT_MILLIS))
        .build();
  }

  /// Calls go on to the address that they came for.
  public static Cluster passthrough(String name) {
    return Cluster.newBuilder()
        .setName(name)
        .setType(DiscoveryType.ORIGINAL_DST)
        .setLbPolicy(LbPolicy.CLUSTER_PROVIDED)
        .setConnectTimeout(GoDuration.seconds(10))
        .build();
  }
}
