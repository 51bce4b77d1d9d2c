package theater.mesh.translation.route;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.RouteAction.ClusterNotFoundResponseCode;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.spec.SpecNode;

/// Where calls go, by weight. Istio: http.route; Envoy: cluster or weighted_clusters. A weight of 0
/// is dropped, totals need not be 100. Every destination's hash counts, but only that of a single
/// one keeps retries on the same host.
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
    List<SpecNode> destinations = http.at("route").items();
    return destinations.size() == 1
        ? destinations
        : destinations.stream().filter(destination -> weight(destination) > 0).toList();
  }

  @Override
  public void apply(RouteDraft draft) {
    List<SpecNode> destinations = draft.http.at("route").items();
    if (draft.scope.gatewayApi()) {
      draft.action.setClusterNotFoundResponseCode(
          ClusterNotFoundResponseCode.INTERNAL_SERVER_ERROR);
    }
    if (destinations.size() == 1) {
      SpecNode only = destinations.getFirst();
      draft.action.setCluster(cluster(draft, only).text());
      draft.consistentHash = hash(draft, only);
      HeaderOperations operations = HeaderOperations.of(only.at("headers"));
      operations.applyTo(draft.route);
      if (!operations.authority().isEmpty() && draft.action.getHostRewriteLiteral().isEmpty()) {
        draft.action.setHostRewriteLiteral(operations.authority());
      }
      return;
    }
    for (SpecNode destination : taking(draft.http)) {
      ClusterWeight.Builder share =
          ClusterWeight.newBuilder()
              .setName(cluster(draft, destination).text())
              .setWeight(UInt32Value.of(weight(destination)));
      HeaderOperations.of(destination.at("headers")).applyTo(share);
      draft.action.getWeightedClustersBuilder().addClusters(share);
      hash(draft, destination);
    }
  }

  private static int weight(SpecNode destination) {
    return destination.at("weight").unsigned().filter(weight -> weight > 0).orElse(0);
  }

  private static ClusterName cluster(RouteDraft draft, SpecNode written) {
    return DestinationCluster.of(draft.scope, draft.namespace, written.at("destination"));
  }

  private static boolean hash(RouteDraft draft, SpecNode written) {
    SpecNode destination = written.at("destination");
    return HashPolicy.apply(
        draft.scope.sight(),
        cluster(draft, written).host(),
        destination.at("subset").textOr(""),
        destination.at("port"),
        draft.action);
  }
}
