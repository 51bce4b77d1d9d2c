package theater.mesh.explain.walk;

import java.util.Collection;
import java.util.function.Function;

/// Whether a condition holds, as far as can be known beforehand.
enum Truth {
  YES,
  NO,
  /// It depends on something that is not known here, such as an address.
  UNKNOWN;

  static Truth of(boolean value) {
    return value ? YES : NO;
  }

  Truth not() {
    return this == YES ? NO : this == NO ? YES : UNKNOWN;
  }

  static <T> Truth all(Collection<T> terms, Function<T, Truth> truth) {
    Truth result = YES;
    for (T term : terms) {
      Truth one = truth.apply(term);
      if (one == NO) {
        return NO;
      }
      result = one == UNKNOWN ? UNKNOWN : result;
    }
    return result;
  }

  static <T> Truth any(Collection<T> terms, Function<T, Truth> truth) {
    return all(terms, truth.andThen(Truth::not)).not();
  }
}
