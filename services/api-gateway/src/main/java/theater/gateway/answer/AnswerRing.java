package theater.gateway.answer;

import java.util.function.Consumer;

/// The newest answers of one service, oldest first. For one thread.
public final class AnswerRing {
  private final Answer[] answers;
  private int next;
  private int size;

  public AnswerRing(int capacity) {
    answers = new Answer[capacity];
  }

  /// Forgets the oldest when it is full.
  public void add(Answer answer) {
    answers[next] = answer;
    next = (next + 1) % answers.length;
    size = Math.min(size + 1, answers.length);
  }

  /// From the oldest to the newest.
  public void forEach(Consumer<Answer> visitor) {
    int first = Math.floorMod(next - size, answers.length);
    for (int i = 0; i < size; i++) {
      visitor.accept(answers[(first + i) % answers.length]);
    }
  }
}
