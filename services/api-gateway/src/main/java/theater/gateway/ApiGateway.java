package theater.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.stream.Stream;
import theater.gateway.proxy.Upstream;

/// Starts the gateway and stops it gently.
public final class ApiGateway {
  private static final long LAST_SECONDS = 10;

  private ApiGateway() {}

  /// Takes its configuration from the environment; see [GatewayConfig].
  public static void main(String[] args) throws Exception {
    GatewayConfig config;
    try {
      config = GatewayConfig.from(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("api-gateway: " + e.getMessage());
      System.exit(2);
      return;
    }
    start(config);
  }

  private static void start(GatewayConfig config) throws Exception {
    // Names come from the JDK, which knows the names of the mesh on the laptop, too.
    System.setProperty("vertx.disableDnsResolver", "true");
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(2));
    vertx.exceptionHandler(e -> e.printStackTrace());
    List<Upstream> upstreams =
        Stream.of(CinemaService.values())
            .map(s -> new Upstream(s, config.upstreams().get(s)))
            .toList();
    upstreams.forEach(Upstream::resolve);
    GatewayServer server =
        new GatewayServer(
            config,
            upstreams,
            () -> null,
            request ->
                theater.gateway.web.Problem.send(request.response(), 503, "no key is configured"));
    vertx.deployVerticle(server).await();
    System.out.println("api-gateway: listening on " + config.bindAddress() + ":" + server.port());
  }
}
