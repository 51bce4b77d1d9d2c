package theater.kit.json;

/// A text that is not the JSON that was expected.
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
