package theater.mesh.explain.walk;

import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.explain.held.Held;
import theater.mesh.explain.walk.Explanation.Branch;
import theater.mesh.translation.Origin;
import theater.mesh.translation.names.ClusterName;

/// The clusters among which a route draws, each followed to its endpoints and their sidecars.
final class Branches {
  private static final int UNLIMITED = 1 << 30;

  private final Held caller;
  private final Targets targets;
  private final Arrivals arrivals;

  Branches(Held caller, Targets targets, Arrivals arrivals) {
    this.caller = caller;
    this.targets = targets;
    this.arrivals = arrivals;
  }

  List<Branch> of(RouteAction action, Origin origin, Question question) {
    List<Branch> result = new ArrayList<>();
    if (!action.hasWeightedClusters()) {
      result.add(branch(action.getCluster(), 100, place(origin, 0), question));
      return result;
    }
    List<ClusterWeight> shares = action.getWeightedClusters().getClustersList();
    double total = shares.stream().mapToLong(it -> it.getWeight().getValue()).sum();
    for (int i = 0; i < shares.size(); i++) {
      Question there =
          shares.get(i).getHostRewriteLiteral().isEmpty()
              ? question
              : question.with(shares.get(i).getHostRewriteLiteral(), question.path());
      result.add(
          branch(
              shares.get(i).getName(),
              100 * shares.get(i).getWeight().getValue() / total,
              place(origin, i),
              there));
    }
    return result;
  }

  /// For a connection that is no HTTP to this Envoy, or a copy.
  Branch branch(String cluster, double percent, String path, Question question) {
    Optional<ClusterName> name = ClusterName.parse(cluster);
    Optional<Cluster> found = caller.cluster(cluster);
    Origin origin = found.map(it -> Origin.of(it.getMetadata())).orElse(Origin.NONE);
    Targets.Found there = found.map(targets::of).orElse(new Targets.Found(List.of(), false));
    return new Branch(
        cluster,
        percent,
        path,
        0,
        name.map(ClusterName::host).orElse(""),
        name.map(ClusterName::port).orElse(0),
        name.map(ClusterName::subset).orElse(""),
        found.isPresent(),
        origin.object().isEmpty() ? "" : origin.object() + " " + origin.place(),
        origin.policy(),
        found.map(Branches::settings).orElse(Map.of()),
        there.panic(),
        there.targets(),
        found.isPresent() ? arrivals.of(cluster, there.targets(), question) : List.of());
  }

  private static String place(Origin origin, int index) {
    return index < origin.destinations().size() ? origin.destinations().get(index) : "";
  }

  /// What limits the cluster, only where something was set.
  static Map<String, String> settings(Cluster cluster) {
    Map<String, String> result = new LinkedHashMap<>();
    if (cluster.hasOutlierDetection()) {
      OutlierDetection outlier = cluster.getOutlierDetection();
      result.put(
          "outlierDetection",
          (outlier.hasConsecutive5Xx() ? outlier.getConsecutive5Xx().getValue() : 5)
              + "× 5xx, "
              + or(Actions.time(outlier.getInterval()), "10s")
              + ", "
              + or(Actions.time(outlier.getBaseEjectionTime()), "30s")
              + ", max "
              + (outlier.hasMaxEjectionPercent() ? outlier.getMaxEjectionPercent().getValue() : 10)
              + " %");
    }
    for (CircuitBreakers.Thresholds limits : cluster.getCircuitBreakers().getThresholdsList()) {
      limit(result, "maxConnections", limits.getMaxConnections().getValue());
      limit(result, "maxPendingRequests", limits.getMaxPendingRequests().getValue());
      limit(result, "maxRequests", limits.getMaxRequests().getValue());
    }
    if (cluster.getLbPolicy() != Cluster.LbPolicy.LEAST_REQUEST) {
      result.put("loadBalancer", cluster.getLbPolicy().name());
    }
    return result;
  }

  private static void limit(Map<String, String> result, String name, int value) {
    if (value > 0 && value < UNLIMITED) {
      result.put(name, Integer.toString(value));
    }
  }

  private static String or(String text, String other) {
    return text.isEmpty() ? other : text;
  }
}
