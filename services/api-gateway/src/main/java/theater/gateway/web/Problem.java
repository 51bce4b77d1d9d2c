package theater.gateway.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerResponse;

/// Errors of the gateway itself as problem JSON (RFC 9457). An answer with `X-Service-Name:
/// api-gateway` came from nobody further on.
public final class Problem {
  private Problem() {}

  /// @param detail what was got and what was expected
  public static void send(HttpServerResponse response, int status, String detail) {
    if (response.ended() || response.closed()) {
      return;
    }
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    problem
        .put("type", "about:blank")
        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
        .put("status", status)
        .put("detail", detail);
    response.setStatusCode(status).setStatusMessage(problem.get("title").asText());
    response.putHeader("Content-Type", "application/problem+json");
    response.putHeader("Cache-Control", "no-store");
    response.putHeader("X-Service-Name", "api-gateway");
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.end(problem.toString());
  }
}
