package theater.mesh.translation.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Workload;

/// The security objects of a kind that act on the proxy's own workload: of the root namespace, then
/// of its own, each with a selector that fits or none.
public final class WorkloadRules {
  private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

  private WorkloadRules() {}

  static List<Rule> of(Sight sight, String kind) {
    List<Rule> all =
        sight.rules(kind).stream()
            .filter(rule -> rule.object().apiVersion().startsWith("security.istio.io/"))
            .filter(rule -> selects(rule, sight))
            .toList();
    String root = sight.mesh().rootNamespace();
    String own = sight.proxy().workload().namespace();
    return List.of(root, own).stream()
        .distinct()
        .flatMap(namespace -> all.stream().filter(rule -> rule.namespace().equals(namespace)))
        .toList();
  }

  /// The fields that say on whom an object acts.
  public static List<String> fields() {
    List<String> result = new ArrayList<>(List.of("selector.matchLabels.*"));
    for (String place : List.of("targetRef.", "targetRefs[].")) {
      for (String field : List.of("group", "kind", "name", "namespace")) {
        result.add(place + field);
      }
    }
    return result;
  }

  /// By labels, or by reference to the Gateway API's Gateway that a pod serves. A reference in a
  /// pod of no such Gateway makes the object act on nothing there.
  public static boolean selects(Rule rule, Sight sight) {
    Workload workload = sight.proxy().workload();
    List<SpecNode> references = new ArrayList<>(rule.spec().at("targetRefs").items());
    if (references.isEmpty() && rule.spec().at("targetRef").present()) {
      references.add(rule.spec().at("targetRef"));
    }
    if (references.isEmpty()) {
      Map<String, String> labels = rule.spec().at("selector", "matchLabels").texts();
      return workload.labels().entrySet().containsAll(labels.entrySet());
    }
    String gateway = workload.labels().getOrDefault(GATEWAY_NAME, "");
    return rule.namespace().equals(workload.namespace())
        && references.stream().anyMatch(reference -> refers(reference, gateway, workload));
  }

  private static boolean refers(SpecNode reference, String gateway, Workload workload) {
    String namespace = reference.at("namespace").textOr("");
    return !gateway.isEmpty()
        && reference.at("kind").textOr("").equals("Gateway")
        && reference.at("group").textOr("").equals("gateway.networking.k8s.io")
        && reference.at("name").textOr("").equals(gateway)
        && (namespace.isEmpty() || namespace.equals(workload.namespace()));
  }
}
