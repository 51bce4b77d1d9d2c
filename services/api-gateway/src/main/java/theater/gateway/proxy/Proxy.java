package theater.gateway.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import theater.gateway.CinemaService;
import theater.gateway.mesh.Routing;

/// Passes requests on to the services through one pool of connections on one event loop. It never
/// tries a request twice: retries are the mesh's lesson.
public final class Proxy {
  /// The largest body of a request, in bytes.
  public static final long MAX_BODY = 1024 * 1024;

  private static final int CONNECT_TIMEOUT_MS = 2000;
  private static final long SWEEP_MS = 250;

  private final HttpClient client;
  private final Map<CinemaService, Upstream> upstreams = new EnumMap<>(CinemaService.class);
  private final Supplier<Routing> routing;
  private final AnswerLog log;
  private final long timeoutNanos;
  private final Set<Exchange> running = new HashSet<>();
  private long seq;

  /// Make it on the event loop that will use it.
  ///
  /// @param routing the rules in force; gives null when they are not known
  /// @param timeout until an upstream that says nothing is given up
  public Proxy(
      Vertx vertx,
      List<Upstream> upstreams,
      Supplier<Routing> routing,
      Duration timeout,
      AnswerLog log) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setKeepAliveTimeout(60)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(64 * 1024)
                .setMaxInitialLineLength(16 * 1024),
            new PoolOptions().setHttp1MaxSize(1024).setMaxWaitQueueSize(4096).setEventLoopSize(0));
    upstreams.forEach(upstream -> this.upstreams.put(upstream.service(), upstream));
    this.routing = routing;
    this.log = log;
    this.timeoutNanos = timeout.toNanos();
    vertx.setPeriodic(SWEEP_MS, timer -> sweep());
  }

  /// Passes one request on.
  public void handle(CinemaService service, HttpServerRequest request) {
    Exchange exchange = new Exchange(this, upstreams.get(service), request);
    running.add(exchange);
    exchange.start(client);
  }

  /// Requests that have no complete answer yet.
  public int running() {
    return running.size();
  }

  void finished(Exchange exchange) {
    running.remove(exchange);
  }

  Routing routing() {
    return routing.get();
  }

  AnswerLog log() {
    return log;
  }

  long nextSeq() {
    return ++seq;
  }

  /// One look at all of them is cheaper than a timer for each.
  private void sweep() {
    long now = System.nanoTime();
    for (Exchange exchange : List.copyOf(running)) {
      exchange.expire(now, timeoutNanos);
    }
  }
}
