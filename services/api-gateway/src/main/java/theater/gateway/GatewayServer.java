package theater.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import theater.gateway.answer.Answer;
import theater.gateway.live.EventHub;
import theater.gateway.live.EventHub.State;
import theater.gateway.mesh.Routing;
import theater.gateway.proxy.Proxy;
import theater.gateway.proxy.Upstream;
import theater.gateway.web.Files;
import theater.gateway.web.Metrics;
import theater.gateway.web.Problem;

/// Everything that happens on the event loop: one HTTP server, the proxy, the live events, the
/// files.
final class GatewayServer extends VerticleBase {
  private static final int MAX_PAGES = 200;

  private final GatewayConfig config;
  private final List<Upstream> upstreams;
  private final Supplier<Routing> routing;
  private final Faults faults;
  private final Metrics metrics = new Metrics();
  private HttpServer server;
  private EventHub hub;
  private Proxy proxy;
  private Files files;
  private boolean stopping;

  /// The instructor's requests.
  interface Faults {
    void handle(HttpServerRequest request);
  }

  /// @param routing the rules in force; gives null when they are not known
  GatewayServer(
      GatewayConfig config, List<Upstream> upstreams, Supplier<Routing> routing, Faults faults) {
    this.config = config;
    this.upstreams = upstreams;
    this.routing = routing;
    this.faults = faults;
  }

  @Override
  public Future<?> start() {
    hub = new EventHub(vertx, MAX_PAGES);
    files = new Files(vertx, config.uiFolder());
    proxy = new Proxy(vertx, upstreams, routing, config.upstreamTimeout(), this::answered);
    metrics.gauge("gateway_open_pages", "Pages that listen to live events.", hub::clients);
    metrics.gauge(
        "gateway_running_requests", "Requests without a complete answer.", proxy::running);
    metrics.gauge("gateway_events_lost", "Answers that open pages were not told of.", hub::lost);
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.bindAddress())
            .setPort(config.port())
            .setHandle100ContinueAutomatically(true)
            .setMaxHeaderSize(32 * 1024)
            .setMaxInitialLineLength(8 * 1024)
            .setIdleTimeout((int) config.upstreamTimeout().toSeconds() + 60)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(this::handle)
            .invalidRequestHandler(GatewayServer::invalid);
    return server.listen();
  }

  /// Tells the pages of a new state. From any thread.
  void state(State state, String json) {
    context.runOnContext(v -> hub.state(state, json));
  }

  /// Whether a page is open. From the event loop.
  boolean hasPages() {
    return hub.clients() > 0;
  }

  io.vertx.core.Context loop() {
    return context;
  }

  int port() {
    return server.actualPort();
  }

  /// From now on `/readyz` says no. From any thread.
  void drain() {
    context.runOnContext(v -> stopping = true);
  }

  /// Ends the live events, takes no new connection and lets running requests end.
  Future<Void> shutdown(long seconds) {
    return Future.future(done ->
        context.runOnContext(v -> {
          hub.close();
          server.shutdown(seconds, TimeUnit.SECONDS).onComplete(done);
        }));
  }

  private void answered(Answer answer) {
    metrics.add(answer);
    hub.answer(answer);
  }

  private void handle(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    CinemaService service = CinemaService.ofPath(path);
    if (service != null) {
      proxy.handle(service, request);
      return;
    }
    switch (path) {
      case "/events" -> get(request, () -> events(request.response()));
      case "/traffic-weights" -> get(request, () -> json(request, State.WEIGHTS));
      case "/deployment-status" -> get(request, () -> json(request, State.DEPLOYMENT));
      case "/faults" -> faults.handle(request);
      case "/livez" ->
          get(
              request,
              () -> request.response().putHeader("Content-Type", "text/plain").end("ok\n"));
      case "/readyz" -> get(request, () -> ready(request.response()));
      case "/metrics" ->
          get(
              request,
              () ->
                  request
                      .response()
                      .putHeader("Content-Type", "text/plain; version=0.0.4")
                      .end(metrics.text()));
      default -> files.handle(request);
    }
  }

  private void events(HttpServerResponse response) {
    if (stopping) {
      Problem.send(response, 503, "this gateway is stopping");
    } else if (!hub.connect(response)) {
      Problem.send(response, 503, "there are " + MAX_PAGES + " open pages already");
    }
  }

  private void ready(HttpServerResponse response) {
    if (stopping) {
      Problem.send(response, 503, "this gateway is stopping");
    } else {
      response.putHeader("Content-Type", "text/plain").end("ok\n");
    }
  }

  private void json(HttpServerRequest request, State state) {
    HttpServerResponse response = request.response();
    response
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
    response.end(hub.state(state));
  }

  private static void get(HttpServerRequest request, Runnable answer) {
    if (request.method() == HttpMethod.GET) {
      answer.run();
    } else {
      request.response().putHeader("Allow", "GET");
      Problem.send(request.response(), 405, "method is " + request.method() + "; expected GET");
    }
  }

  /// What is no HTTP, or too large.
  private static void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    int status =
        switch (cause) {
          case io.netty.handler.codec.http.TooLongHttpLineException e -> 414;
          case io.netty.handler.codec.http.TooLongHttpHeaderException e -> 431;
          case null, default -> 400;
        };
    Problem.send(
        request.response(),
        status,
        "the request is not understood: "
            + (cause == null ? "unknown reason" : cause.getMessage()));
    request.connection().close();
  }
}
