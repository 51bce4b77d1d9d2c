package theater.gateway.proxy;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;

/// Bodies of requests: whether there is one, and passing it on piece by piece.
final class RequestBody {
  private RequestBody() {}

  static boolean isThere(HttpServerRequest request, String length) {
    return length != null ? !length.equals("0") : request.getHeader("transfer-encoding") != null;
  }

  static boolean isTooLong(String length) {
    return length.length() > 18 || Long.parseLong(length) > Proxy.MAX_BODY;
  }

  /// Answers that end with their head (RFC 9110, 6.4.1).
  static boolean hasNoAnswerBody(HttpMethod method, int status) {
    return method == HttpMethod.HEAD || status == 204 || status == 304;
  }

  /// @param wanted asked before each piece
  /// @param tooLong called when more than [Proxy#MAX_BODY] came
  static void pass(
      HttpServerRequest from,
      HttpClientRequest to,
      boolean chunked,
      BooleanSupplier wanted,
      Runnable tooLong) {
    long[] sum = new long[1];
    to.setChunked(chunked);
    to.drainHandler(v -> from.resume());
    from.handler(piece -> {
      if (!wanted.getAsBoolean()) {
        return;
      }
      sum[0] += piece.length();
      if (sum[0] > Proxy.MAX_BODY) {
        tooLong.run();
        return;
      }
      to.write(piece);
      if (to.writeQueueFull()) {
        from.pause();
      }
    });
    from.endHandler(v -> {
      if (wanted.getAsBoolean()) {
        to.end();
      }
    });
    from.resume();
  }
}
