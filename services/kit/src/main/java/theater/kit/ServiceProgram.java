package theater.kit;

import java.time.Duration;
import java.time.Instant;
import redis.clients.jedis.Protocol.Command;
import theater.kit.fault.FaultWatch;
import theater.kit.http.Answer;
import theater.kit.http.Drain;
import theater.kit.http.HttpServer;
import theater.kit.http.Problem;
import theater.kit.http.Router;
import theater.kit.redis.Redis;
import theater.kit.redis.RedisUnavailableException;

/// A running service: its server, its store, its faults; from start to graceful stop.
///
/// `/livez` is 200 while the process runs. `/readyz` is 503 until Redis was reached once and the
/// seeds are in, while a fault says so, and from the moment that a stop begins; it does not follow
/// Redis afterwards, so that callers see the service's own 503.
public final class ServiceProgram implements AutoCloseable {
  private static final Duration IN_FLIGHT_LIMIT = Duration.ofSeconds(10);
  private static final Duration SEED_RETRY = Duration.ofMillis(200);

  private final ServiceConfig config;
  private final EventLog log;
  private final Redis redis;
  private final FaultWatch faults;
  private final Metrics metrics = new Metrics();
  private final Drain drain = new Drain();
  private HttpServer server;
  private volatile boolean seeded;
  private volatile boolean closed;

  /// What a service is made of, beside the kit.
  public interface Content {
    /// Adds the service's routes.
    void routes(Router router, Redis redis, ServiceConfig config);

    /// Puts seed data into Redis, unless it was done before.
    void seed(Redis redis);
  }

  private ServiceProgram(ServiceConfig config, EventLog log) {
    this.config = config;
    this.log = log;
    redis = new Redis(config.redisHost(), config.redisPort());
    faults = new FaultWatch(redis, log, config.service(), config.cluster(), config.pod());
    metrics.counterOrGauge("redis_errors_total counter", redis::errors);
    metrics.counterOrGauge("redis_round_trips_total counter", redis::roundTrips);
    metrics.counterOrGauge("http_server_requests_in_flight gauge", drain::inFlight);
    metrics.counterOrGauge(
        "fault_active gauge", () -> faults.rules().current(Instant.now()) == null ? 0 : 1);
  }

  /// A service's `main`: from the environment, until SIGTERM. A wrong environment ends it with
  /// status 2 and one sentence.
  public static void main(String service, int port, Content content) {
    var log = new EventLog(System.out);
    ServiceConfig config;
    try {
      config = ServiceConfig.from(service, port, System.getenv());
    } catch (IllegalArgumentException e) {
      log.error("event", "wrong environment", "error", e.getMessage());
      System.exit(2);
      return;
    }
    ServiceProgram program = start(config, content, log);
    Runtime.getRuntime().addShutdownHook(new Thread(program::stop, "stop"));
  }

  /// Starts listening at once; seeds in the background as soon as Redis answers.
  public static ServiceProgram start(ServiceConfig config, Content content, EventLog log) {
    var program = new ServiceProgram(config, log);
    var router = new Router();
    content.routes(router, program.redis, config);
    router.probe("/livez", request -> Answer.text(200, "text/plain", "ok\n"));
    router.probe("/readyz", request -> program.readiness());
    router.probe(
        "/metrics",
        request ->
            Answer.text(200, "text/plain; version=0.0.4; charset=utf-8", program.metrics.text()));
    program.server =
        new HttpServer(config, router, program.faults, program.metrics, log, program.drain).start();
    Thread.ofVirtual().name("seed").start(() -> program.seed(content));
    program.faults.start();
    log.info(
        "event",
        "started",
        "service",
        config.service(),
        "cluster",
        config.cluster(),
        "pod",
        config.pod(),
        "port",
        program.port());
    return program;
  }

  /// The port that it listens on.
  public int port() {
    return server.port();
  }

  /// Graceful: not ready at once, answers for the shutdown delay, finishes what is in flight (10 s
  /// at most), closes.
  public void stop() {
    drain.start();
    log.info(
        "event",
        "stopping",
        "inFlight",
        drain.inFlight(),
        "answersForMs",
        config.shutdownDelay().toMillis());
    pause(config.shutdownDelay());
    boolean idle = drain.awaitIdle(IN_FLIGHT_LIMIT);
    close();
    log.info("event", "stopped", "unfinished", idle ? 0 : drain.inFlight());
  }

  @Override
  public void close() {
    closed = true;
    drain.start();
    server.stop();
    faults.close();
    redis.close();
  }

  private Answer readiness() {
    String reason =
        drain.started()
            ? "stopping"
            : !seeded
                ? "Redis was not reached yet"
                : faults.rules().notReady(Instant.now()) ? "a fault says so" : "";
    if (!reason.isEmpty()) {
      throw new Problem(503, "not ready: " + reason).thrown();
    }
    return Answer.text(200, "text/plain", "ok\n");
  }

  private void seed(Content content) {
    String last = "";
    while (!closed && !seeded) {
      try {
        redis.call(Command.PING);
        content.seed(redis);
        seeded = true;
      } catch (RedisUnavailableException e) {
        if (!e.getMessage().equals(last)) {
          last = e.getMessage();
          log.error("event", "waiting for Redis", "error", EventLog.causes(e));
        }
        pause(SEED_RETRY);
      } catch (RuntimeException e) {
        log.error("event", "seeding failed", "error", EventLog.causes(e));
        pause(Duration.ofSeconds(1));
      }
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
