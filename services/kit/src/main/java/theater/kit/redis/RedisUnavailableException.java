package theater.kit.redis;

/// Redis did not answer in time, or not at all. Answered with 503 and Retry-After.
public final class RedisUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RedisUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
