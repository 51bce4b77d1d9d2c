package theater.mesh.translation.advice;

import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Where a DestinationRule has outlier detection: for the host, a port or a subset.
final class Breakers {
  private Breakers() {}

  static List<SpecNode> of(SpecNode spec) {
    List<SpecNode> found = new ArrayList<>();
    policies(spec)
        .forEach(policy -> {
          if (policy.at("outlierDetection").present()) {
            found.add(policy.at("outlierDetection"));
          }
        });
    return found;
  }

  /// Every traffic policy of a DestinationRule.
  static List<SpecNode> policies(SpecNode spec) {
    List<SpecNode> found = new ArrayList<>();
    add(spec.at("trafficPolicy"), found);
    spec.at("subsets").items().forEach(subset -> add(subset.at("trafficPolicy"), found));
    return found;
  }

  private static void add(SpecNode policy, List<SpecNode> to) {
    if (policy.present()) {
      to.add(policy);
      to.addAll(policy.at("portLevelSettings").items());
    }
  }
}
