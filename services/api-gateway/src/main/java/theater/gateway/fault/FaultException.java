package theater.gateway.fault;

/// A request about faults that can not be done.
final class FaultException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int status;

  /// @param status of the answer
  /// @param message names the field, its value and what was expected
  FaultException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  static FaultException field(String name, Object value, String expected) {
    return new FaultException(400, name + " is " + value + "; expected " + expected);
  }
}
