package theater.mesh.translation.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for balancing between localities. It stops at some of the complaints.
final class LocalityCheck {
  private static final List<String> TOPOLOGY =
      List.of(
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone",
          "topology.istio.io/subzone");

  private LocalityCheck() {}

  static void check(SpecNode locality, boolean outlierDetection, Complaints complaints) {
    List<SpecNode> distribute = locality.at("distribute").items();
    List<SpecNode> failover = locality.at("failover").items();
    List<String> priority = locality.at("failoverPriority").textItems();
    if (!distribute.isEmpty() && !failover.isEmpty()) {
      complaints.add("can not simultaneously specify 'distribute' and 'failover'");
      return;
    }
    for (String label : priority) {
      if (!failover.isEmpty() && TOPOLOGY.contains(label)) {
        complaints.add(
            "can not simultaneously set 'failover' and topology label '"
                + label
                + "' in 'failover_priority'");
        return;
      }
    }
    List<String> from = new ArrayList<>();
    for (SpecNode share : distribute) {
      from.add(share.at("from").textOr(""));
      if (!shares(share, complaints)) {
        return;
      }
      complaints.addGiven(overlap(List.copyOf(share.at("to").entries().keySet())));
    }
    complaints.addGiven(overlap(from));
    complaints.warnIf(
        (!failover.isEmpty() || !priority.isEmpty()) && !outlierDetection,
        "outlier detection policy must be provided for failover");
    for (SpecNode pair : failover) {
      String source = pair.at("from").textOr("");
      String target = pair.at("to").textOr("");
      complaints.addIf(
          source.equals(target), "locality lb failover settings must specify different regions");
      complaints.addIf((source + target).contains("/"), "locality lb failover only specify region");
      complaints.addIf(
          (source + target).contains("*"),
          "locality lb failover region should not contain '*' wildcard");
    }
  }

  private static boolean shares(SpecNode share, Complaints complaints) {
    long total = 0;
    for (Map.Entry<String, SpecNode> to : share.at("to").entries().entrySet()) {
      long weight = to.getValue().whole().orElse(0);
      if (weight < 1 || weight > 100) {
        complaints.add("locality weight must be in range [1, 100]");
        return false;
      }
      total += weight;
    }
    if (total != 100) {
      complaints.add("total locality weight " + total + " != 100");
      return false;
    }
    return true;
  }

  /// Localities `region/zone/subzone` of which one may end in `*`; none may lie in another.
  private static String overlap(List<String> localities) {
    List<String[]> before = new ArrayList<>();
    for (String locality : localities) {
      long stars = locality.chars().filter(c -> c == '*').count();
      if (stars > 1 || stars == 1 && !locality.endsWith("*")) {
        return "locality "
            + locality
            + " wildcard '*' number can not exceed 1 and must be in the end";
      }
      String[] parts = locality.split("/", 3);
      for (String part : parts) {
        if (part.isEmpty()) {
          return "locality " + locality + " must not contain empty region/zone/subzone info";
        }
      }
      for (String[] other : before) {
        if (within(parts, other)) {
          return "locality " + locality + " overlap with previous specified ones";
        }
      }
      before.add(parts);
    }
    return "";
  }

  private static boolean within(String[] one, String[] other) {
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      if (other[i].equals("*")) {
        return true;
      }
      if (!one[i].equals(other[i])) {
        return false;
      }
    }
    return true;
  }
}
