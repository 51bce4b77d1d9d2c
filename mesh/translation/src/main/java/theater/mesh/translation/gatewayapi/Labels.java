package theater.mesh.translation.gatewayapi;

import java.util.List;
import java.util.Map;
import theater.mesh.translation.spec.SpecNode;

/// Kubernetes' label selector with `matchLabels` and `matchExpressions`.
final class Labels {
  private Labels() {}

  static boolean selects(SpecNode selector, Map<String, String> labels) {
    return labels.entrySet().containsAll(selector.at("matchLabels").texts().entrySet())
        && selector.at("matchExpressions").items().stream()
            .allMatch(expression -> holds(expression, labels));
  }

  private static boolean holds(SpecNode expression, Map<String, String> labels) {
    String key = expression.at("key").textOr("");
    List<String> values = expression.at("values").textItems();
    boolean there = labels.containsKey(key);
    return switch (expression.at("operator").textOr("")) {
      case "In" -> there && values.contains(labels.get(key));
      case "NotIn" -> !there || !values.contains(labels.get(key));
      case "Exists" -> there;
      case "DoesNotExist" -> !there;
      default -> false;
    };
  }
}
