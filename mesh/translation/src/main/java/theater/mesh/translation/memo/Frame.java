package theater.mesh.translation.memo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// What one piece asks while it is made, in order.
final class Frame {
  final List<Question> questions = new ArrayList<>();
  final List<Object> answers = new ArrayList<>();
  final Map<Kept<?>, Boolean> inner = new IdentityHashMap<>();
  private final Map<Question, Boolean> asked = new HashMap<>();
  int roots;

  void asked(Question question, Object answer) {
    if (asked.put(question, true) == null) {
      questions.add(question);
      answers.add(answer);
    }
  }

  void used(Kept<?> kept) {
    roots |= kept.roots();
    inner.put(kept, true);
  }
}
