package theater.mesh.translation.security;

import java.util.List;
import java.util.Map;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.Rule;

/// The security objects of a kind that act on the proxy's own workload: of the root namespace, then
/// of its own, each with a selector that fits or none.
final class WorkloadRules {
  private WorkloadRules() {}

  static List<Rule> of(Sight sight, String kind) {
    List<Rule> all =
        Rule.ofKind(sight.view().configs(), kind, sight.problems()).stream()
            .filter(rule -> rule.object().apiVersion().startsWith("security.istio.io/"))
            .filter(rule -> selects(rule, sight))
            .toList();
    String root = sight.view().mesh().rootNamespace();
    String own = sight.proxy().workload().namespace();
    return List.of(root, own).stream()
        .distinct()
        .flatMap(namespace -> all.stream().filter(rule -> rule.namespace().equals(namespace)))
        .toList();
  }

  private static boolean selects(Rule rule, Sight sight) {
    Map<String, String> labels = rule.spec().at("selector", "matchLabels").texts();
    boolean byReference =
        !rule.spec().at("targetRefs").items().isEmpty() || rule.spec().at("targetRef").present();
    return !byReference
        && sight.proxy().workload().labels().entrySet().containsAll(labels.entrySet());
  }
}
