package theater.kit.http;

/// Ends a request with a problem. Expected, so without a stack trace.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.status() + " " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  /// What to answer.
  public Problem problem() {
    return problem;
  }
}
