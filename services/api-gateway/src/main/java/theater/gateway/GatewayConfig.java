package theater.gateway;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import theater.kube.Credentials;

/// Everything that the gateway is told by its environment.
///
/// @param bindAddress `BIND_ADDRESS`, where it listens
/// @param context `CLUSTER_NAME`, the context that it runs in
/// @param upstreams `USER_SERVICE_URL`, `MOVIE_SERVICE_URL`, `BOOKING_SERVICE_URL`
/// @param uiFolder `UI_DIR`
/// @param apiServer of the own context, by `KUBERNETES_SERVICE_HOST` and `KUBERNETES_SERVICE_PORT`,
///   or by `KUBECONFIG`; null: the own context is unknown
/// @param remoteKubeconfig `REMOTE_KUBECONFIG`; null or a missing file: the other context is
///   unknown
/// @param envoyAdmin `ENVOY_ADMIN`, host and port of the own sidecar's admin interface
/// @param instructorKey `INSTRUCTOR_KEY`; empty: nobody may set faults
/// @param upstreamTimeout `UPSTREAM_TIMEOUT`, seconds until an upstream that says nothing is given
///   up
/// @param shutdownDelay `SHUTDOWN_DELAY`, milliseconds that a stopping gateway still takes requests
public record GatewayConfig(
    int port,
    String bindAddress,
    String context,
    String podName,
    Map<CinemaService, URI> upstreams,
    Path uiFolder,
    String namespace,
    Credentials apiServer,
    Path remoteKubeconfig,
    String envoyAdmin,
    String instructorKey,
    String redisHost,
    int redisPort,
    Duration upstreamTimeout,
    Duration shutdownDelay) {

  public GatewayConfig {
    upstreams = Map.copyOf(upstreams);
    for (CinemaService service : CinemaService.values()) {
      URI url = upstreams.get(service);
      if (url == null || !"http".equals(url.getScheme()) || url.getHost() == null) {
        throw new IllegalArgumentException(
            "address of " + service.id() + " is \"" + url + "\"; expected http://HOST:PORT");
      }
    }
    port("PORT", port);
    port("REDIS_PORT", redisPort);
    if (upstreamTimeout.isNegative() || upstreamTimeout.isZero()) {
      throw new IllegalArgumentException(
          "UPSTREAM_TIMEOUT is " + upstreamTimeout.toSeconds() + "; expected at least 1 second");
    }
    if (shutdownDelay.isNegative()) {
      throw new IllegalArgumentException(
          "SHUTDOWN_DELAY is " + shutdownDelay.toMillis() + "; expected 0 or more milliseconds");
    }
  }

  /// Reads the environment. @throws IllegalArgumentException naming the variable, its value and
  /// what was expected
  public static GatewayConfig from(Map<String, String> environment) {
    Map<CinemaService, URI> upstreams = new EnumMap<>(CinemaService.class);
    upstreams.put(CinemaService.USER, url(environment, "USER_SERVICE_URL", CinemaService.USER));
    upstreams.put(CinemaService.MOVIE, url(environment, "MOVIE_SERVICE_URL", CinemaService.MOVIE));
    upstreams.put(
        CinemaService.BOOKING, url(environment, "BOOKING_SERVICE_URL", CinemaService.BOOKING));
    String remote = text(environment, "REMOTE_KUBECONFIG", "");
    return new GatewayConfig(
        (int) number(environment, "PORT", 8080),
        text(environment, "BIND_ADDRESS", "0.0.0.0"),
        text(environment, "CLUSTER_NAME", "ctx1"),
        text(environment, "POD_NAME", text(environment, "HOSTNAME", "api-gateway")),
        upstreams,
        Path.of(text(environment, "UI_DIR", "/ui")),
        text(environment, "NAMESPACE", "theater-msa"),
        Credentials.of(environment).orElse(null),
        remote.isEmpty() ? null : Path.of(remote),
        text(environment, "ENVOY_ADMIN", "localhost:15000"),
        text(environment, "INSTRUCTOR_KEY", ""),
        text(environment, "REDIS_HOST", "redis"),
        (int) number(environment, "REDIS_PORT", 6379),
        Duration.ofSeconds(number(environment, "UPSTREAM_TIMEOUT", 30)),
        Duration.ofMillis(number(environment, "SHUTDOWN_DELAY", 1000)));
  }

  /// The context that this one is not.
  public String otherContext() {
    return "ctx1".equals(context) ? "ctx2" : "ctx1";
  }

  private static URI url(Map<String, String> environment, String name, CinemaService service) {
    String value = text(environment, name, service.defaultUrl());
    try {
      return URI.create(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + " is \"" + value + "\"; expected http://HOST:PORT", e);
    }
  }

  private static String text(Map<String, String> environment, String name, String otherwise) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  private static long number(Map<String, String> environment, String name, long otherwise) {
    String value = text(environment, name, "");
    if (value.isEmpty()) {
      return otherwise;
    }
    // Kubernetes sets REDIS_PORT=tcp://10.96.0.14:6379 for a Service called redis, in every pod of
    // its namespace.
    if (value.startsWith("tcp://")) {
      return otherwise;
    }
    if (!value.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(name + " is \"" + value + "\"; expected a whole number");
    }
    return Long.parseLong(value);
  }

  private static void port(String name, int value) {
    if (value < 1 || value > 65535) {
      throw new IllegalArgumentException(name + " is " + value + "; expected 1 to 65535");
    }
  }
}
