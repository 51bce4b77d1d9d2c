package theater.gateway.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;

/// A request that is answered before its body came to its end. Its connection can not carry another
/// request (RFC 9112, 9.6).
public final class UnreadRequest {
  private static final long LINGER_MS = 2000;

  private UnreadRequest() {}

  /// Before the head of the answer is sent: a caller who is still sending must not send its next
  /// request on this connection.
  public static void announceClose(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.response().putHeader("connection", "close");
    }
  }

  /// After the answer. What is still on its way is dropped for a while: a connection that is closed
  /// over unread bytes is reset, and the caller would lose the answer.
  public static void close(HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    HttpConnection connection = request.connection();
    Vertx.currentContext().owner().setTimer(LINGER_MS, timer -> connection.close());
    request.handler(piece -> {});
    request.endHandler(v -> connection.close());
    request.resume();
  }
}
