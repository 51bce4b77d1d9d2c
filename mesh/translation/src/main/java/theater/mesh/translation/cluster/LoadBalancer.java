package theater.mesh.translation.cluster;

import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig.LocalityWeightedLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbPolicy;
import java.util.List;
import theater.mesh.translation.rule.MeshConfig;
import theater.mesh.translation.spec.SpecNode;

/// How an endpoint is chosen. Istio: DestinationRule loadBalancer, default LEAST_REQUEST; Envoy:
/// lb_policy. What a consistent hash is taken of stands in the routes.
final class LoadBalancer implements ClusterFeature {
  private static final int LARGEST_RING = 8 * 1024 * 1024;

  @Override
  public List<String> fields() {
    return List.of(
        "loadBalancer.simple",
        "loadBalancer.warmupDurationSecs",
        "loadBalancer.warmup.duration",
        "loadBalancer.warmup.minimumPercent",
        "loadBalancer.warmup.aggression",
        "loadBalancer.consistentHash.httpHeaderName",
        "loadBalancer.consistentHash.httpQueryParameterName",
        "loadBalancer.consistentHash.useSourceIp",
        "loadBalancer.consistentHash.httpCookie.name",
        "loadBalancer.consistentHash.httpCookie.path",
        "loadBalancer.consistentHash.httpCookie.ttl",
        "loadBalancer.consistentHash.httpCookie.attributes[].name",
        "loadBalancer.consistentHash.httpCookie.attributes[].value",
        "loadBalancer.consistentHash.minimumRingSize",
        "loadBalancer.consistentHash.ringHash.minimumRingSize",
        "loadBalancer.consistentHash.maglev.tableSize",
        "loadBalancer.localityLbSetting.enabled",
        "loadBalancer.localityLbSetting.distribute[].from",
        "loadBalancer.localityLbSetting.distribute[].to.*",
        "loadBalancer.localityLbSetting.failoverPriority[]",
        "loadBalancer.localityLbSetting.failover[].from",
        "loadBalancer.localityLbSetting.failover[].to");
  }

  @Override
  public void apply(ClusterDraft draft) {
    if (draft.inbound()) {
      return;
    }
    SpecNode written = draft.section("loadBalancer");
    draft.cluster.setLbPolicy(LbPolicy.LEAST_REQUEST);
    SpecNode hash = written.at("consistentHash");
    if (hash.present()) {
      consistentHash(hash, draft);
    } else {
      simple(written.at("simple"), draft);
    }
    if (MeshConfig.localities(draft.policy, draft.sight)
        .filter(setting -> weighted(setting, draft))
        .isPresent()) {
      draft
          .cluster
          .getCommonLbConfigBuilder()
          .setLocalityWeightedLbConfig(LocalityWeightedLbConfig.getDefaultInstance());
    }
    Warmup.of(written)
        .ifPresent(slow -> {
          switch (draft.cluster.getLbPolicy()) {
            case ROUND_ROBIN ->
                draft.cluster.getRoundRobinLbConfigBuilder().setSlowStartConfig(slow);
            case LEAST_REQUEST ->
                draft.cluster.getLeastRequestLbConfigBuilder().setSlowStartConfig(slow);
            default -> {}
          }
        });
  }

  /// Whether the localities' weights count: with shares, or where failover is described and outlier
  /// detection makes it possible.
  private static boolean weighted(SpecNode locality, ClusterDraft draft) {
    boolean failover =
        locality.at("failover").present() || locality.at("failoverPriority").present();
    return locality.at("distribute").present()
        || failover && draft.section("outlierDetection").present();
  }

  private static void simple(SpecNode simple, ClusterDraft draft) {
    switch (simple.textOr("UNSPECIFIED")) {
      case "UNSPECIFIED", "LEAST_CONN", "LEAST_REQUEST" -> {}
      case "ROUND_ROBIN" -> draft.cluster.setLbPolicy(LbPolicy.ROUND_ROBIN);
      case "RANDOM" -> draft.cluster.setLbPolicy(LbPolicy.RANDOM);
      case "PASSTHROUGH" ->
          draft.cluster.setLbPolicy(LbPolicy.CLUSTER_PROVIDED).setType(DiscoveryType.ORIGINAL_DST);
      default -> simple.malformed("ROUND_ROBIN, LEAST_REQUEST, RANDOM, PASSTHROUGH or UNSPECIFIED");
    }
  }

  private static void consistentHash(SpecNode hash, ClusterDraft draft) {
    if (hash.at("maglev").present()) {
      draft.cluster.setLbPolicy(LbPolicy.MAGLEV);
      hash.at("maglev", "tableSize")
          .unsigned()
          .ifPresent(
              size -> draft.cluster.getMaglevLbConfigBuilder().setTableSize(UInt64Value.of(size)));
      return;
    }
    SpecNode size =
        hash.at("ringHash", "minimumRingSize").present()
            ? hash.at("ringHash", "minimumRingSize")
            : hash.at("minimumRingSize");
    draft.cluster.setLbPolicy(LbPolicy.RING_HASH);
    draft
        .cluster
        .getRingHashLbConfigBuilder()
        .setMinimumRingSize(
            UInt64Value.of(
                size.unsigned()
                    .filter(count -> count > 0)
                    .map(count -> Math.min(count, LARGEST_RING))
                    .orElse(1024)));
  }
}
