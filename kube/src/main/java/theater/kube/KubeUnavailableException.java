package theater.kube;

/// The API server could not be reached, or broke off: try again.
public final class KubeUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public KubeUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
