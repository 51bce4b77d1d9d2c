package theater.kit.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import theater.kit.EventLog;
import theater.kit.Metrics;
import theater.kit.ServiceConfig;
import theater.kit.fault.FaultRules;
import theater.kit.fault.FaultWatch;
import theater.kit.redis.RedisUnavailableException;

/// The HTTP side of a service: finds the route, lets faults act, answers; every answer, errors
/// included, has the three X-headers, is counted and logged.
public final class HttpServer {
  static final int MAX_HEADERS = 100;
  static final int MAX_HEADER_BYTES = 16 << 10;
  static final int MAX_PATH = 1024;
  private static final int MAX_PROLOGUE = 8 << 10;
  private static final HeaderName CLUSTER = HeaderNames.create("X-Service-Cluster");
  private static final HeaderName POD = HeaderNames.create("X-Pod-Name");
  private static final HeaderName SERVICE = HeaderNames.create("X-Service-Name");
  private static final HeaderName NOSNIFF = HeaderNames.create("X-Content-Type-Options");
  private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

  private final ServiceConfig config;
  private final Router router;
  private final FaultWatch faults;
  private final Metrics metrics;
  private final EventLog log;
  private final Drain drain;
  private final WebServer server;

  public HttpServer(
      ServiceConfig config,
      Router router,
      FaultWatch faults,
      Metrics metrics,
      EventLog log,
      Drain drain) {
    this.config = config;
    this.router = router;
    this.faults = faults;
    this.metrics = metrics;
    this.log = log;
    this.drain = drain;
    var direct = DirectHandlers.builder();
    for (var event : DirectHandler.EventType.values()) {
      direct.addHandler(event, this::refusedBeforeRouting);
    }
    HelidonServices.few();
    server =
        WebServer.builder()
            .host(config.bindAddress())
            .port(config.port())
            .backlog(1024)
            .shutdownHook(false)
            .connectionOptions(options -> options.tcpNoDelay(true))
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .concurrencyLimitDiscoverServices(false)
            .shutdownGracePeriod(Duration.ofMillis(500))
            .directHandlers(direct.build())
            .addProtocol(
                Http1Config.builder()
                    .maxPrologueLength(MAX_PROLOGUE)
                    .maxHeadersSize(MAX_HEADER_BYTES)
                    .build())
            .routing(HttpRouting.builder().any(this::handle))
            .build();
  }

  /// Starts listening.
  public HttpServer start() {
    server.start();
    return this;
  }

  /// The port that it listens on.
  public int port() {
    return server.port();
  }

  /// Stops listening and closes connections.
  public void stop() {
    server.stop();
  }

  private void handle(ServerRequest request, ServerResponse response) {
    long began = System.nanoTime();
    drain.enter();
    try {
      String method = request.prologue().method().text();
      String path = request.path().rawPath();
      Outcome outcome = outcome(method, path, request);
      send(method, outcome.answer, response);
      long took = System.nanoTime() - began;
      metrics.request(
          outcome.countedMethod(method), outcome.pattern(), outcome.answer.status(), took);
      if (outcome.route == null || !outcome.route.probe()) {
        String id = request.headers().first(REQUEST_ID).orElse(null);
        log.info(
            "method",
            method,
            "path",
            path,
            "status",
            outcome.answer.status(),
            "ms",
            took / 1000 / 1e3,
            "requestId",
            id,
            "error",
            outcome.error);
      }
    } finally {
      drain.leave();
    }
  }

  /// What came of a request.
  ///
  /// @param route null when none was found
  /// @param error for the log, null when there was none
  private record Outcome(Route route, Answer answer, String error) {
    String pattern() {
      return route == null ? "none" : route.pattern();
    }

    /// Without a route the method is whatever a caller made up.
    String countedMethod(String method) {
      return route == null ? "any" : method;
    }
  }

  private Outcome outcome(String method, String path, ServerRequest request) {
    Route route = null;
    try {
      if (path.length() > MAX_PATH) {
        throw new Problem(
                414, "the path has " + path.length() + " characters; expected at most " + MAX_PATH)
            .thrown();
      }
      if (request.headers().size() > MAX_HEADERS) {
        throw new Problem(
                431,
                "got "
                    + request.headers().size()
                    + " header fields; expected at most "
                    + MAX_HEADERS)
            .thrown();
      }
      Router.Match match = router.find(method, path);
      route = match.route();
      if (route == null) {
        return new Outcome(null, withoutRoute(method, path, match.allow()), null);
      }
      if (!route.probe()) {
        suffer();
      }
      return new Outcome(
          route, route.handler().handle(Incoming.seen(request, match.parameters())), null);
    } catch (ProblemException e) {
      return new Outcome(
          route,
          Answer.problem(e.problem(), path, Map.of()),
          e.problem().status() >= 500 ? e.problem().detail() : null);
    } catch (RedisUnavailableException e) {
      var problem = new Problem(503, e.getMessage()).with("service", "redis");
      return new Outcome(
          route, Answer.problem(problem, path, Map.of("Retry-After", "1")), EventLog.causes(e));
    } catch (HttpException | RequestException e) {
      throw e;
    } catch (RuntimeException e) {
      log.error(
          "event",
          "handler failed",
          "path",
          path,
          "error",
          EventLog.causes(e),
          "at",
          e.getStackTrace().length == 0 ? null : e.getStackTrace()[0]);
      return new Outcome(
          route,
          Answer.problem(new Problem(500, "the service failed; its log says why"), path, Map.of()),
          EventLog.causes(e));
    }
  }

  private static Answer withoutRoute(String method, String path, String allow) {
    if (allow.isEmpty()) {
      return Answer.problem(new Problem(404, "there is nothing at " + path), path, Map.of());
    }
    if (method.equals("OPTIONS")) {
      return new Answer(204, "", new byte[0], Map.of("Allow", allow));
    }
    return Answer.problem(
        new Problem(405, "got " + method + "; expected one of " + allow),
        path,
        Map.of("Allow", allow));
  }

  private void suffer() {
    FaultRules rules = faults.rules();
    if (rules == FaultRules.NONE) {
      return;
    }
    var effect = rules.effect(Instant.now(), ThreadLocalRandom.current().nextInt(100));
    if (effect.delayMs() > 0) {
      drain.waitFor(Duration.ofMillis(effect.delayMs()), () -> false);
    }
    if (effect.hang()) {
      drain.waitFor(Duration.ofSeconds(60), () -> faults.rules().current(Instant.now()) == null);
    }
    if (effect.status() > 0) {
      throw new Problem(effect.status(), "a fault was set for this pod on purpose").thrown();
    }
  }

  private void send(String method, Answer answer, ServerResponse response) {
    var headers = response.headers();
    mark(headers);
    answer.headers().forEach((name, value) -> headers.set(HeaderNames.create(name), value));
    if (!answer.contentType().isEmpty()) {
      headers.set(HeaderNames.CONTENT_TYPE, answer.contentType());
    }
    // The rest of a refused body would be read as the next request.
    if (drain.started() || answer.status() == 413) {
      headers.set(HeaderNames.CONNECTION, "close");
    }
    response.status(answer.status());
    if (method.equals("HEAD")) {
      headers.contentLength(answer.body().length);
      response.send();
    } else if (answer.status() == 204) {
      response.send();
    } else {
      response.send(answer.body());
    }
  }

  private void mark(ServerResponseHeaders headers) {
    headers.set(CLUSTER, config.cluster());
    headers.set(POD, config.pod());
    headers.set(SERVICE, config.service());
    headers.set(NOSNIFF, "nosniff");
  }

  /// Helidon refused a request that it could not parse, or whose limits were passed.
  private DirectHandler.TransportResponse refusedBeforeRouting(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      io.helidon.http.Status status,
      ServerResponseHeaders headers,
      String message) {
    var answer = Answer.problem(new Problem(status.code(), message), request.path(), Map.of());
    mark(headers);
    headers.set(HeaderNames.CONTENT_TYPE, answer.contentType());
    metrics.request("any", "none", status.code(), 0);
    log.info("path", request.path(), "status", status.code(), "error", message);
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .entity(answer.body())
        .keepAlive(false)
        .build();
  }
}
