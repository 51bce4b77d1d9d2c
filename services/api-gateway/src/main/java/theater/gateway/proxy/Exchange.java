package theater.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import theater.gateway.web.Problem;
import theater.gateway.web.UnreadRequest;

/// One request on its way to a service and its answer on the way back.
///
/// Waiting for a connection, then for the answer, then passing it on, then over. Only the event
/// loop touches it.
final class Exchange {
  private final Proxy proxy;
  private final Upstream upstream;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final AnswerRecord record;
  private HttpClientRequest sent;
  private HttpClientResponse received;
  private long announced;
  private long passed;
  private long lastSign;
  private boolean over;

  Exchange(Proxy proxy, Upstream upstream, HttpServerRequest request) {
    this.proxy = proxy;
    this.upstream = upstream;
    this.request = request;
    this.response = request.response();
    this.record = new AnswerRecord(upstream, request);
    this.lastSign = record.started();
  }

  void start(HttpClient client) {
    String length = request.getHeader("content-length");
    if (length != null && RequestBody.isTooLong(length)) {
      refuse(413, "the body has " + length + " bytes; expected at most " + Proxy.MAX_BODY);
      return;
    }
    if (upstream.address() == null) {
      refuse(502, upstream.authority() + " can not be called: " + upstream.problem());
      return;
    }
    if (RequestBody.isThere(request, length)) {
      request.pause();
    }
    response.exceptionHandler(e -> cancel());
    response.closeHandler(v -> cancel());
    RequestOptions options = new RequestOptions();
    options.setServer(upstream.address()).setHost(upstream.host()).setPort(upstream.port());
    options.setMethod(request.method()).setURI(request.uri());
    client.request(options).onComplete(this::send, this::fail);
  }

  private void send(HttpClientRequest to) {
    if (over) {
      to.reset();
      return;
    }
    sent = to;
    HopByHop.copyRequest(request.headers(), to.headers());
    to.response().onComplete(this::receive, this::fail);
    to.exceptionHandler(this::fail);
    String length = request.getHeader("content-length");
    if (RequestBody.isThere(request, length)) {
      RequestBody.pass(
          request,
          to,
          length == null,
          () -> {
            lastSign = System.nanoTime();
            return !over;
          },
          () -> refuse(413, "the body is longer than " + Proxy.MAX_BODY + " bytes"));
    } else {
      to.end();
    }
  }

  private void receive(HttpClientResponse from) {
    if (over) {
      return;
    }
    received = from;
    lastSign = System.nanoTime();
    record.head(from, lastSign);
    response.setStatusCode(from.statusCode()).setStatusMessage(from.statusMessage());
    HopByHop.copyResponse(from.headers(), response.headers());
    UnreadRequest.announceClose(request);
    String length = from.getHeader("content-length");
    boolean bodiless = RequestBody.hasNoAnswerBody(request.method(), from.statusCode());
    announced = length == null || bodiless ? -1 : Long.parseLong(length);
    if (length == null && !bodiless) {
      response.setChunked(true);
    }
    from.exceptionHandler(this::fail);
    from.handler(this::pass);
    from.endHandler(v -> end(null));
  }

  private void pass(Buffer chunk) {
    if (over) {
      return;
    }
    lastSign = System.nanoTime();
    record.body(chunk);
    passed += chunk.length();
    if (passed == announced) {
      // The last piece and the end go out in one write; most answers are one piece.
      end(chunk);
      return;
    }
    response.write(chunk);
    if (response.writeQueueFull()) {
      received.pause();
      response.drainHandler(v -> {
        if (!over) {
          received.resume();
        }
      });
    }
  }

  private void end(Buffer last) {
    if (over) {
      return;
    }
    finish();
    Future<Void> written = last == null ? response.end() : response.end(last);
    if (HopByHop.asksToClose(request.headers())) {
      written.onComplete(done -> request.connection().close());
    }
    record.complete(proxy);
    UnreadRequest.close(request);
  }

  /// The upstream refused, broke off or was silent for too long.
  private void fail(Throwable cause) {
    if (over) {
      return;
    }
    if (response.headWritten()) {
      finish();
      record.complete(proxy);
      sent.reset();
      response.reset();
      return;
    }
    response.headers().clear();
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    refuse(502, upstream.authority() + " gave no answer: " + text);
  }

  /// The caller went away.
  private void cancel() {
    if (over) {
      return;
    }
    finish();
    if (received != null) {
      record.complete(proxy);
    }
    if (sent != null) {
      sent.reset();
    }
  }

  /// Called every now and then.
  void expire(long now, long timeoutNanos) {
    if (over || now - lastSign < timeoutNanos || response.writeQueueFull()) {
      return;
    }
    String text =
        "no sign of " + upstream.authority() + " for " + timeoutNanos / 1_000_000_000 + " s";
    if (response.headWritten()) {
      fail(new IllegalStateException(text));
    } else {
      refuse(504, text);
    }
  }

  private void refuse(int status, String text) {
    if (over) {
      return;
    }
    finish();
    if (sent != null) {
      sent.reset();
    }
    response.headers().clear();
    response.setChunked(false);
    UnreadRequest.announceClose(request);
    Problem.send(response, status, text);
    record.refused(proxy, status, text);
    UnreadRequest.close(request);
  }

  private void finish() {
    over = true;
    proxy.finished(this);
  }
}
