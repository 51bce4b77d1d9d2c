package theater.mesh.translation.rule;

import java.util.Map;
import theater.mesh.translation.spec.SpecNode;

/// A named part of a service's endpoints.
public record Subset(String name, Map<String, String> labels, SpecNode trafficPolicy) {

  /// Whether a pod with these labels belongs to it.
  public boolean selects(Map<String, String> pod) {
    return labels.entrySet().stream()
        .allMatch(label -> label.getValue().equals(pod.get(label.getKey())));
  }
}
