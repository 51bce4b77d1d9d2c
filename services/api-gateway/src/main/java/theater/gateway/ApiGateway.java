package theater.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import theater.gateway.cluster.ClusterWatch;
import theater.gateway.cluster.EjectionWatch;
import theater.gateway.fault.FaultHandler;
import theater.gateway.live.EventHub.State;
import theater.gateway.mesh.TrafficWeights;
import theater.gateway.proxy.Upstream;

/// The gateway: wires its parts, starts and stops them.
public final class ApiGateway implements AutoCloseable {
  private static final long LAST_SECONDS = 10;
  private static final long RESOLVE_MS = 5000;
  private static final long RESOLVE_FIRST_MS = 200;

  private final GatewayConfig config;
  private final Vertx vertx;
  private final ClusterWatch clusters;
  private final GatewayServer server;
  private final CountDownLatch closing = new CountDownLatch(1);

  private ApiGateway(GatewayConfig config) {
    this.config = config;
    // Names come from the JDK, which knows the names of the mesh on the laptop, too.
    System.setProperty("vertx.disableDnsResolver", "true");
    vertx =
        Vertx.vertx(
            new VertxOptions()
                // All its files are in folders: without this it leaves a cache in /tmp.
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false))
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(2));
    vertx.exceptionHandler(Throwable::printStackTrace);
    List<Upstream> upstreams =
        Stream.of(CinemaService.values())
            .map(s -> new Upstream(s, config.upstreams().get(s)))
            .toList();
    Thread.ofPlatform().daemon().name("resolve").start(() -> resolve(upstreams));
    clusters =
        new ClusterWatch(
            config,
            new ClusterWatch.Listener() {
              @Override
              public void weights(String json) {
                server().state(State.WEIGHTS, json);
              }

              @Override
              public void deployment(String json) {
                server().state(State.DEPLOYMENT, json);
              }
            });
    FaultHandler faults = new FaultHandler(vertx, config, clusters);
    server = new GatewayServer(config, upstreams, clusters::routing, faults::handle);
  }

  /// Takes its configuration from the environment; see [GatewayConfig].
  public static void main(String[] args) {
    GatewayConfig config;
    try {
      config = GatewayConfig.from(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("api-gateway: " + e.getMessage());
      System.exit(2);
      return;
    }
    ApiGateway gateway = start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(gateway::stop, "stop"));
    System.out.println(
        "api-gateway: listening on "
            + config.bindAddress()
            + ":"
            + gateway.port()
            + " in "
            + config.context());
  }

  /// Returns when it listens. What it reads of the clusters comes later, or never: requests are
  /// passed on all the same.
  static ApiGateway start(GatewayConfig config) {
    ApiGateway gateway = new ApiGateway(config);
    gateway.vertx.deployVerticle(gateway.server).await();
    gateway.server.state(
        State.WEIGHTS, TrafficWeights.json(null, "the API server has not answered yet").toString());
    gateway.clusters.start();
    new EjectionWatch(
            config,
            gateway.clusters,
            gateway.server::hasPages,
            json -> gateway.server.state(State.EJECTIONS, json))
        .start();
    return gateway;
  }

  int port() {
    return server.port();
  }

  private GatewayServer server() {
    return server;
  }

  /// Says that it is not ready, takes requests for a moment longer, then ends with the running
  /// ones.
  private void stop() {
    server.drain();
    try {
      TimeUnit.MILLISECONDS.sleep(config.shutdownDelay().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  @Override
  public void close() {
    closing.countDown();
    clusters.close();
    server.shutdown(LAST_SECONDS).await();
    vertx.close().await();
  }

  /// Names are asked for all the time: often until each has an address, then every now and then.
  private void resolve(List<Upstream> upstreams) {
    try {
      boolean all;
      do {
        all = upstreams.stream().map(Upstream::resolve).reduce(true, Boolean::logicalAnd);
      } while (!closing.await(all ? RESOLVE_MS : RESOLVE_FIRST_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
