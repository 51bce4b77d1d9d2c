package theater.kube;

/// The API server refused: a metav1.Status.
public final class KubeException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int code;
  private final String reason;

  /// @param code HTTP status, 404, 409, 410, 422
  /// @param reason `NotFound`, `AlreadyExists`, `Conflict`, `Expired`, `Invalid` …
  public KubeException(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  /// HTTP status.
  public int code() {
    return code;
  }

  /// metav1.StatusReason.
  public String reason() {
    return reason;
  }
}
