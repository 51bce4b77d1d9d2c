package theater.mesh.translation.memo;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import theater.mesh.translation.Sight;
import theater.mesh.translation.spec.Problems;

/// Keeps results, each with all that it asked for. A result is used again only where every question
/// gets the same answer, so it can not be out of date. For one thread.
public final class Memo {
  private final Map<Unit<?>, Tree<?>> trees = new HashMap<>();
  private final Problems problems = new Problems();
  private Frame frame;

  /// Where problems go: to the piece that is being made.
  public Problems problems() {
    return problems;
  }

  /// A piece as a sight sees it; the piece that is being made now depends on it.
  ///
  /// @param seen what this sight has been given before
  public <T> T make(Unit<T> unit, Sight sight, Seen seen) {
    Kept<T> kept = found(unit, sight, seen);
    if (frame != null) {
      frame.asked(unit, kept.answer());
      frame.used(kept);
    }
    problems.addAll(kept.problems());
    return kept.value();
  }

  /// The same as an answer. Nobody depends on it for that.
  public Object answer(Unit<?> unit, Sight sight, Seen seen) {
    return found(unit, sight, seen).answer();
  }

  @SuppressWarnings("unchecked") // a tree holds what its unit made
  private <T> Kept<T> found(Unit<T> unit, Sight sight, Seen seen) {
    Kept<T> before = seen.get(unit);
    if (before != null) {
      return before;
    }
    Tree<T> tree = (Tree<T>) trees.computeIfAbsent(unit, _ -> new Tree<T>());
    Kept<T> kept = aside(() -> tree.find(question -> question.answer(sight)));
    if (kept == null) {
      Frame made = new Frame();
      kept = tree.put(made, record(made, () -> unit.make(sight)));
    }
    seen.put(unit, kept);
    return kept;
  }

  /// Makes something and records what it depends on.
  public <T> Kept<T> top(Supplier<T> maker) {
    return record(new Frame(), maker);
  }

  private <T> Kept<T> record(Frame made, Supplier<T> maker) {
    Frame outer = frame;
    Problems.Collected before = problems.begin();
    frame = made;
    try {
      T value = maker.get();
      return new Kept<>(value, problems.list(), made.roots, List.copyOf(made.inner.keySet()));
    } finally {
      frame = outer;
      problems.end(before);
    }
  }

  /// A question's answer; the piece that is being made now depends on it and on nothing behind it.
  public <T> T ask(Lookup<T> question, Sight sight) {
    Frame asking = frame;
    if (asking == null) {
      return question.look(sight);
    }
    Frame behind = new Frame();
    T value = record(behind, () -> question.look(sight)).value();
    asking.asked(question, question.shown(value));
    asking.roots |= behind.roots | question.root().bit();
    asking.inner.putAll(behind.inner);
    return value;
  }

  /// Asks without recording who asked.
  private <T> T aside(Supplier<T> answer) {
    Frame outer = frame;
    Problems.Collected before = problems.begin();
    frame = null;
    try {
      return answer.get();
    } finally {
      frame = outer;
      problems.end(before);
    }
  }

  /// Forgets all results that none of these was made from.
  public void retain(List<Kept<?>> used) {
    Set<Kept<?>> live = Collections.newSetFromMap(new IdentityHashMap<>());
    used.forEach(kept -> mark(kept, live));
    trees.values().removeIf(tree -> !tree.retain(live));
  }

  private static void mark(Kept<?> kept, Set<Kept<?>> live) {
    if (live.add(kept)) {
      kept.inner().forEach(inner -> mark(inner, live));
    }
  }
}
