package theater.mesh.translation.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Conditions joined to one expression: all must hold, values of one are alternatives. Envoy has
/// the same algebra twice, for callers (Principal) and for what they do (Permission).
abstract class Terms<T> {

  abstract T any();

  abstract T all(List<T> terms);

  abstract T either(List<T> terms);

  abstract T not(T term);

  /// One value of an attribute; empty when it cannot be told here (an HTTP attribute of a TCP
  /// connection) or is malformed.
  abstract Optional<T> leaf(Condition condition, String value, boolean tcp);

  /// The values of an attribute as alternatives; empty when none of them can be told, or, if
  /// strict, when one cannot.
  Optional<T> oneOf(Condition condition, List<String> values, boolean tcp, boolean strict) {
    List<T> alternatives = new ArrayList<>();
    for (String value : values) {
      Optional<T> leaf = leaf(condition, value, tcp);
      if (leaf.isEmpty() && strict) {
        return Optional.empty();
      }
      leaf.ifPresent(alternatives::add);
    }
    return alternatives.isEmpty() ? Optional.empty() : Optional.of(either(alternatives));
  }

  /// All conditions.
  ///
  /// @param strict whether an attribute that cannot be told makes the whole rule impossible (Istio:
  ///   ALLOW); otherwise it is dropped (DENY, AUDIT)
  final Optional<T> of(List<Condition> conditions, boolean tcp, boolean strict) {
    List<T> terms = new ArrayList<>();
    for (Condition condition : conditions) {
      for (boolean negated : new boolean[] {false, true}) {
        List<String> values = negated ? condition.notValues() : condition.values();
        if (!values.isEmpty()) {
          Optional<T> term = oneOf(condition, values, tcp, strict);
          if (term.isEmpty() && strict) {
            return Optional.empty();
          }
          term.ifPresent(one -> terms.add(negated ? not(one) : one));
        }
      }
    }
    if (terms.isEmpty()) {
      terms.add(any());
    }
    return Optional.of(all(terms));
  }
}
