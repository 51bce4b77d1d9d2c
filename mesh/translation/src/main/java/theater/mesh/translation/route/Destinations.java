package theater.mesh.translation.route;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.spec.SpecNode;

/// Where calls go, by weight. Istio: http.route; Envoy: cluster or weighted_clusters. A weight of 0
/// is dropped, totals need not be 100.
final class Destinations implements HttpRouteFeature {

  @Override
  public List<String> fields() {
    List<String> result = new ArrayList<>(List.of("route[].weight"));
    DestinationCluster.FIELDS.forEach(field -> result.add("route[].destination." + field));
    HeaderOperations.FIELDS.forEach(field -> result.add("route[].headers." + field));
    return result;
  }

  /// Those of a rule that take calls.
  static List<SpecNode> taking(SpecNode http) {
    List<SpecNode> weighted = new ArrayList<>();
    List<SpecNode> destinations = http.at("route").items();
    for (SpecNode destination : destinations) {
      if (destinations.size() == 1 || weight(destination) > 0) {
        weighted.add(destination);
      }
    }
    return weighted;
  }

  @Override
  public void apply(RouteDraft draft) {
    List<SpecNode> weighted = taking(draft.http);
    if (weighted.size() == 1) {
      ClusterName cluster =
          DestinationCluster.of(
              draft.scope, draft.namespace, weighted.getFirst().at("destination"));
      draft.action.setCluster(cluster.text());
      HashPolicy.apply(draft.scope.sight(), cluster, draft.action);
      HeaderOperations.of(weighted.getFirst().at("headers")).applyTo(draft.route);
      return;
    }
    for (SpecNode destination : weighted) {
      ClusterName cluster =
          DestinationCluster.of(draft.scope, draft.namespace, destination.at("destination"));
      ClusterWeight.Builder share =
          ClusterWeight.newBuilder()
              .setName(cluster.text())
              .setWeight(UInt32Value.of(weight(destination)));
      HeaderOperations.of(destination.at("headers")).applyTo(share, draft);
      draft.action.getWeightedClustersBuilder().addClusters(share);
      if (draft.action.getHashPolicyCount() == 0) {
        HashPolicy.apply(draft.scope.sight(), cluster, draft.action);
      }
    }
  }

  private static int weight(SpecNode destination) {
    return destination.at("weight").unsigned().filter(weight -> weight > 0).orElse(0);
  }
}
