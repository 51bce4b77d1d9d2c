package theater.mesh.translation.memo;

import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// All that is kept of one unit: a tree of questions, whose branches are answers and whose leaves
/// are results. The first question is always the same, and what is asked next depends on the
/// answers only, so a result is found by asking, however many there are.
final class Tree<T> {
  private Question question;
  private Map<Object, Tree<T>> answers;
  private Kept<T> leaf;
  private T newest;

  /// The result that was made from just these answers, or null.
  Kept<T> find(Function<Question, Object> now) {
    Tree<T> at = this;
    while (at != null && at.question != null) {
      at = at.answers.get(now.apply(at.question));
    }
    return at == null ? null : at.leaf;
  }

  /// Keeps a result under what its making asked.
  ///
  /// @return it, or one with the value made last if that is equal, so that what depends on the
  ///   value need not be made anew
  Kept<T> put(Frame frame, Kept<T> made) {
    Kept<T> kept =
        newest instanceof Message && newest.equals(made.value())
            ? new Kept<>(newest, made.problems(), made.roots(), made.inner())
            : made;
    newest = kept.value();
    Tree<T> at = this;
    for (int i = 0; i < frame.questions.size(); i++) {
      Question next = frame.questions.get(i);
      if (!next.equals(at.question)) {
        at.question = next;
        at.answers = new HashMap<>(2);
        at.leaf = null;
      }
      at = at.answers.computeIfAbsent(frame.answers.get(i), _ -> new Tree<>());
    }
    at.question = null;
    at.answers = null;
    at.leaf = kept;
    return kept;
  }

  /// Drops all results but these. @return whether any is left
  boolean retain(Set<Kept<?>> live) {
    if (question == null) {
      return leaf != null && live.contains(leaf);
    }
    answers.values().removeIf(branch -> !branch.retain(live));
    return !answers.isEmpty();
  }
}
