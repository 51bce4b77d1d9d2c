package theater.mesh.translation.rule;

import java.util.List;
import java.util.Optional;
import theater.mesh.translation.spec.SpecNode;

/// What all DestinationRules for a host come to: subsets add up, the oldest rule's trafficPolicy
/// wins whole.
///
/// @param selectsWorkloads whether it acts on selected callers only
public record DestinationRule(
    String host, SpecNode trafficPolicy, List<Subset> subsets, boolean selectsWorkloads) {

  /// The subset of this name.
  public Optional<Subset> subset(String name) {
    return subsets.stream().filter(subset -> subset.name().equals(name)).findFirst();
  }

  /// What acts on a port of the whole service.
  public TrafficPolicy policy(int port) {
    return TrafficPolicy.of(trafficPolicy, port);
  }

  /// What acts on a port of a subset: a section of the subset's policy replaces the same section of
  /// the rule's.
  public TrafficPolicy policy(int port, Subset subset) {
    return policy(port).overriddenBy(subset.trafficPolicy(), port);
  }

  /// The tls that says which endpoints of a port are called by mTLS. Other than the cluster's it is
  /// of a subset's own policy alone (Istio: mtlsChecker).
  public SpecNode endpointTls(int port, String subset) {
    return TrafficPolicy.tls(
        subset.isEmpty()
            ? trafficPolicy
            : subset(subset)
                .map(Subset::trafficPolicy)
                .orElse(SpecNode.absent(trafficPolicy.problems())),
        port);
  }
}
