package theater.mesh.explain.walk;

/// A question that cannot be answered: its message names the value and what was expected.
public final class QuestionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public QuestionException(String message) {
    super(message);
  }
}
