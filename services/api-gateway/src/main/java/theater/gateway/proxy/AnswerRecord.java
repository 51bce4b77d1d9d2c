package theater.gateway.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import theater.gateway.answer.Answer;
import theater.gateway.answer.Origin;
import theater.gateway.answer.Recognition;
import theater.gateway.mesh.MeshRequest;
import theater.gateway.mesh.Routing;
import theater.gateway.mesh.ServiceRouting;

/// Collects what is told of one answer while it passes.
final class AnswerRecord {
  private static final int MAX_PATH = 200;
  private static final int MAX_TEXT_BYTES = 1024;

  private final Upstream upstream;
  private final HttpServerRequest request;
  private final long time = System.currentTimeMillis();
  private final long started = System.nanoTime();
  private HttpClientResponse head;
  private long headAt;
  private Buffer text;

  AnswerRecord(Upstream upstream, HttpServerRequest request) {
    this.upstream = upstream;
    this.request = request;
  }

  /// System.nanoTime() of the request's arrival.
  long started() {
    return started;
  }

  void head(HttpClientResponse received, long now) {
    head = received;
    headAt = now;
    if (!Recognition.isService(received::getHeader)) {
      text = Buffer.buffer();
    }
  }

  void body(Buffer chunk) {
    if (text != null && text.length() < MAX_TEXT_BYTES) {
      text.appendBuffer(chunk, 0, Math.min(chunk.length(), MAX_TEXT_BYTES));
    }
  }

  /// The answer was passed on, whole or as far as it came.
  void complete(Proxy proxy) {
    Origin origin =
        Recognition.of(
            head.statusCode(),
            head::getHeader,
            text == null ? "" : text.toString(StandardCharsets.UTF_8));
    add(proxy, head.statusCode(), origin);
  }

  /// The gateway answered.
  void refused(Proxy proxy, int status, String reason) {
    add(proxy, status, new Origin.ByGateway(reason));
  }

  private void add(Proxy proxy, int status, Origin origin) {
    String path = request.path();
    boolean canary = request.headers().contains("x-canary");
    boolean delayed = false;
    Routing rules = proxy.routing();
    if (rules != null) {
      ServiceRouting routing = rules.of(upstream.service());
      if (routing.hasConditions()) {
        canary = canary || routing.isSpecial(asMeshRequest());
      }
      if (head != null && routing.hasDelay()) {
        delayed = routing.mayBeDelayed(asMeshRequest(), (headAt - started) / 1e6);
      }
    }
    proxy
        .log()
        .add(
            new Answer(
                proxy.nextSeq(),
                time,
                upstream.service(),
                request.method().name(),
                path.length() > MAX_PATH ? path.substring(0, MAX_PATH) : path,
                status,
                (System.nanoTime() - started) / 1e6,
                origin,
                canary,
                delayed));
  }

  private MeshRequest asMeshRequest() {
    return new MeshRequest(
        request.method().name(), request.uri(), upstream.authority(), request::getHeader);
  }
}
