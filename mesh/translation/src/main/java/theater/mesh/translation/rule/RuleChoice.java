package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which of the DestinationRules that cover a host act for one caller, and which of those are one.
/// Istio: PushContext.destinationRule, mergeDestinationRule, SidecarScope.DestinationRule.
///
/// Looked for in the caller's namespace, then in the service's, then in the root namespace; a
/// caller in the root namespace takes of its own only what is exported to nobody else. In a
/// namespace the most special host has it, whether or not the caller may see its rules. Rules for
/// one host are one if they are exported alike and select the same workloads; those that select
/// this workload come first, of the others the last kind wins.
final class RuleChoice {
  private static final String ALL = "*";
  private static final String OWN = ".";

  private final String namespace;
  private final Predicate<Map<String, String>> selected;
  private final String root;

  /// @param namespace of the caller
  /// @param selected whether labels select the caller; never where it is the server that is meant:
  ///   rules that select workloads say nothing to it
  RuleChoice(String namespace, Predicate<Map<String, String>> selected, String root) {
    this.namespace = namespace;
    this.selected = selected;
    this.root = root;
  }

  /// A rule with its host in full.
  record Hosted(String host, Rule rule) {}

  /// Rules of one host that are one, the first one's policy first.
  private record Joined(Set<String> exportTo, List<Rule> rules) {}

  /// The rules that are one for the caller, in the order in which they count.
  ///
  /// @param covering all rules whose host covers the service's
  Optional<List<Rule>> of(List<Hosted> covering, String serviceNamespace) {
    Predicate<Rule> own =
        namespace.equals(root)
            ? RuleChoice::kept
            : rule -> {
              Set<String> to = exportTo(rule);
              return to.isEmpty()
                  || to.contains(ALL)
                  || to.contains(OWN)
                  || to.contains(rule.namespace());
            };
    List<Joined> found = in(namespace, covering, own);
    if (found.isEmpty()) {
      found = exported(serviceNamespace, covering);
    }
    if (found.isEmpty()) {
      found = exported(root, covering);
    }
    return chosen(found);
  }

  private List<Joined> exported(String from, List<Hosted> covering) {
    return in(from, covering, rule -> !kept(rule)).stream()
        .filter(one ->
            one.exportTo().isEmpty()
                || one.exportTo().contains(ALL)
                || one.exportTo().contains(namespace))
        .toList();
  }

  private static List<Joined> in(String from, List<Hosted> covering, Predicate<Rule> fitting) {
    List<Hosted> there =
        covering.stream()
            .filter(one -> one.rule().namespace().equals(from) && fitting.test(one.rule()))
            .toList();
    Optional<String> best =
        there.stream()
            .map(Hosted::host)
            .max(
                Comparator.comparing((String host) -> !host.startsWith(ALL))
                    .thenComparing(String::length));
    return best.isEmpty()
        ? List.of()
        : joined(
            there.stream()
                .filter(one -> one.host().equals(best.get()))
                .map(Hosted::rule)
                .sorted(
                    Comparator.comparing((Rule rule) -> !selects(rule)).thenComparing(Rule.BY_AGE))
                .toList());
  }

  private static List<Joined> joined(List<Rule> rules) {
    List<Joined> result = new ArrayList<>();
    for (Rule rule : rules) {
      Set<String> exportTo = exportTo(rule);
      boolean alone = true;
      for (Joined known : result) {
        boolean alike = exportTo.equals(known.exportTo());
        if (!alike && (known.exportTo().isEmpty() || !exportTo.containsAll(known.exportTo()))) {
          alone = true;
          continue;
        }
        alone = !alike;
        Rule first = known.rules().getFirst();
        boolean both = selects(rule) && selects(first);
        boolean neither = !selects(rule) && !selects(first);
        if (both && !selector(rule).equals(selector(first))) {
          alone = true;
          continue;
        }
        alone &= !both && !neither;
        known.rules().add(rule);
      }
      if (alone) {
        result.add(new Joined(exportTo, new ArrayList<>(List.of(rule))));
      }
    }
    return result;
  }

  private Optional<List<Rule>> chosen(List<Joined> found) {
    Optional<List<Rule>> result = Optional.empty();
    for (Joined one : found) {
      Rule first = one.rules().getFirst();
      if (!selects(first)) {
        result = Optional.of(one.rules());
      } else if (first.namespace().equals(namespace) && selected.test(selector(first))) {
        return Optional.of(one.rules());
      }
    }
    return result;
  }

  /// For its own namespace only.
  private static boolean kept(Rule rule) {
    Set<String> to = exportTo(rule);
    return to.size() == 1 && (to.contains(OWN) || to.contains(rule.namespace()));
  }

  /// A rule that selects workloads is not exported.
  private static Set<String> exportTo(Rule rule) {
    return selects(rule) ? Set.of(OWN) : new HashSet<>(rule.spec().at("exportTo").textItems());
  }

  static boolean selects(Rule rule) {
    return rule.spec().at("workloadSelector").present();
  }

  private static Map<String, String> selector(Rule rule) {
    return rule.spec().at("workloadSelector", "matchLabels").texts();
  }
}
