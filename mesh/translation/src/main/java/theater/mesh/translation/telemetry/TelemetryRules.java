package theater.mesh.translation.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.security.WorkloadRules;
import theater.mesh.translation.spec.SpecNode;

/// The Telemetry objects that act on a proxy, the wider first: the oldest of the root namespace
/// without a selector, the oldest of the proxy's namespace without one, then those that select it.
final class TelemetryRules {
  private final List<Rule> rules = new ArrayList<>();

  TelemetryRules(Sight sight) {
    List<Rule> all = sight.rules("Telemetry");
    if (all.isEmpty()) {
      return;
    }
    String root = sight.mesh().rootNamespace();
    String own = sight.namespace();
    for (String namespace : root.equals(own) ? List.of(root) : List.of(root, own)) {
      all.stream()
          .filter(rule -> rule.namespace().equals(namespace) && wide(rule))
          .findFirst()
          .ifPresent(rules::add);
    }
    all.stream()
        .filter(rule -> rule.namespace().equals(own) && !wide(rule))
        .filter(rule -> WorkloadRules.selects(rule, sight))
        .forEach(rules::add);
  }

  /// What each object says in a list, one element per object that says something.
  List<List<SpecNode>> said(String list) {
    return rules.stream()
        .map(rule -> rule.spec().at(list).items())
        .filter(items -> !items.isEmpty())
        .toList();
  }

  private static boolean wide(Rule rule) {
    Map<String, String> labels = rule.spec().at("selector", "matchLabels").texts();
    return labels.isEmpty()
        && rule.spec().at("targetRefs").items().isEmpty()
        && !rule.spec().at("targetRef").present();
  }

  /// The names of `providers`.
  static List<String> providers(SpecNode said) {
    List<String> result = new ArrayList<>();
    said.at("providers")
        .items()
        .forEach(provider -> provider.at("name").text().ifPresent(result::add));
    return result;
  }
}
