package theater.mesh.translation.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.translation.spec.SpecNode;

/// One element of `match` of a root VirtualService together with one of its delegate. Istio:
/// mergeHTTPMatchRequest. The delegate may narrow what the root says, never widen or contradict it.
final class DelegateMatches {
  private static final List<String> TEXTS = List.of("uri", "scheme", "method", "authority");
  private static final List<String> MAPS = List.of("headers", "withoutHeaders", "queryParams");

  private DelegateMatches() {}

  /// `root-delegate`, or the one that is given.
  static String name(SpecNode root, SpecNode delegate) {
    String outer = root.at("name").textOr("");
    String inner = delegate.at("name").textOr("");
    return outer.isEmpty() || inner.isEmpty() ? outer + inner : outer + "-" + inner;
  }

  /// Both, or empty when they contradict each other.
  static Optional<JsonNode> merge(SpecNode root, SpecNode leaf) {
    if (conflict(root, leaf) || !leaf.json().isObject() || !root.json().isObject()) {
      return Optional.empty();
    }
    ObjectNode result = ((ObjectNode) root.json()).deepCopy();
    for (Map.Entry<String, SpecNode> field : leaf.entries().entrySet()) {
      JsonNode value = field.getValue().json();
      boolean map = MAPS.contains(field.getKey()) || field.getKey().equals("sourceLabels");
      if (map && result.path(field.getKey()).isObject() && value.isObject()) {
        ObjectNode union = (ObjectNode) result.path(field.getKey());
        value.properties().forEach(entry -> union.set(entry.getKey(), entry.getValue()));
      } else if (field.getValue().present()) {
        result.set(field.getKey(), value);
      }
    }
    String name = name(root, leaf);
    if (!name.isEmpty()) {
      result.put("name", name);
    }
    return Optional.of(result);
  }

  private static boolean conflict(SpecNode root, SpecNode leaf) {
    if (TEXTS.stream().anyMatch(field -> wider(root.at(field), leaf.at(field)))) {
      return true;
    }
    for (String map : MAPS) {
      for (Map.Entry<String, SpecNode> entry : leaf.at(map).entries().entrySet()) {
        if (wider(root.at(map, entry.getKey()), entry.getValue())) {
          return true;
        }
      }
    }
    long outerPort = root.at("port").whole().orElse(0);
    long innerPort = leaf.at("port").whole().orElse(0);
    String namespace = root.at("sourceNamespace").textOr("");
    Map<String, String> labels = root.at("sourceLabels").texts();
    List<String> gateways = root.at("gateways").textItems();
    List<String> inner = leaf.at("gateways").textItems();
    return root.at("ignoreUriCase").flag() != leaf.at("ignoreUriCase").flag()
        || outerPort > 0 && innerPort > 0 && outerPort != innerPort
        || !namespace.isEmpty() && !namespace.equals(leaf.at("sourceNamespace").textOr(""))
        || leaf.at("sourceLabels").texts().entrySet().stream()
            .anyMatch(label ->
                !labels.getOrDefault(label.getKey(), label.getValue()).equals(label.getValue()))
        || !gateways.isEmpty() && !inner.isEmpty() && !gateways.containsAll(inner);
  }

  /// Whether a text of the delegate fits where the root's does not, or can not be compared.
  private static boolean wider(SpecNode root, SpecNode leaf) {
    if (!root.present() || !leaf.present()) {
      return false;
    }
    String exact = text(root, "exact");
    String prefix = text(root, "prefix");
    String innerExact = text(leaf, "exact");
    String innerPrefix = text(leaf, "prefix");
    if (!text(root, "regex").isEmpty() || !text(leaf, "regex").isEmpty()) {
      return true;
    }
    if (!exact.isEmpty()) {
      return !innerPrefix.isEmpty() || !innerExact.equals(exact);
    }
    if (prefix.isEmpty()) {
      return true;
    }
    return innerPrefix.isEmpty()
        ? innerExact.isEmpty() || !innerExact.startsWith(prefix)
        : !innerPrefix.startsWith(prefix);
  }

  private static String text(SpecNode match, String kind) {
    return match.at(kind).textOr("");
  }
}
