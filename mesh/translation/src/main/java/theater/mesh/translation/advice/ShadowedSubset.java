package theater.mesh.translation.advice;

import java.util.List;
import java.util.Optional;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;

/// A subset whose name an older DestinationRule for the host has already.
final class ShadowedSubset implements Advice {
  @Override
  public String code() {
    return "T009";
  }

  @Override
  public void look(Subject subject, Findings found) {
    if (!subject.is("DestinationRule")) {
      return;
    }
    List<Rule> older =
        subject.others("DestinationRule").stream()
            .filter(other -> SecondDestinationRule.twins(subject, other) && subject.younger(other))
            .toList();
    for (SpecNode subset : subject.spec().at("subsets").items()) {
      String name = subset.at("name").textOr("");
      Optional<Rule> before = older.stream().filter(rule -> has(rule, name)).findFirst();
      if (before.isPresent()) {
        String rule = before.get().object().name();
        found.add(
            subset,
            "(" + name + ")은 가려집니다. 더 오래된 DestinationRule " + rule + "에 같은 이름의 subset이 있습니다",
            "("
                + name
                + ") is shadowed: the older DestinationRule "
                + rule
                + " has a subset of that name");
      }
    }
  }

  private static boolean has(Rule rule, String name) {
    return rule.spec().at("subsets").items().stream()
        .anyMatch(subset -> subset.at("name").textOr("").equals(name));
  }
}
