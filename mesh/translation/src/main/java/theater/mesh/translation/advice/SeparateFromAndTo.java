package theater.mesh.translation.advice;

import java.util.List;
import java.util.Optional;
import theater.mesh.translation.spec.SpecNode;

/// `from` and `to` as separate items of `rules`: either is enough.
final class SeparateFromAndTo implements Advice {
  @Override
  public String code() {
    return "T010";
  }

  @Override
  public void look(Subject subject, Findings found) {
    if (!subject.is("AuthorizationPolicy")) {
      return;
    }
    Optional<SpecNode> from = alone(subject, "from", "to");
    Optional<SpecNode> to = alone(subject, "to", "from");
    if (from.isPresent() && to.isPresent()) {
      found.add(
          to.get(),
          "의 to와 "
              + from.get().path()
              + "의 from은 따로 된 항목이라 둘 중 하나만 맞아도 됩니다(또는). 둘 다 맞아야 하면(그리고) to 앞의 '-'를 지워 한 항목으로 만드세요",
          "has the to, and "
              + from.get().path()
              + " the from: separate items, so either is enough (OR); for both (AND) make them one item, without the '-' before to");
    }
  }

  private static Optional<SpecNode> alone(Subject subject, String field, String other) {
    return subject.spec().at("rules").items().stream()
        .filter(rule ->
            rule.at(field).present()
                && List.of(other, "when").stream().noneMatch(name -> rule.at(name).present()))
        .findFirst();
  }
}
