package theater.kit;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/// Everything a service is told by its environment; nothing else in a service reads the
/// environment.
///
/// | variable | default | meaning |
/// |---|---|---|
/// | `PORT` | the service's own | where it listens |
/// | `BIND_ADDRESS` | `0.0.0.0` | address it binds |
/// | `CLUSTER_NAME` | `unknown` | context, told in `X-Service-Cluster` |
/// | `POD_NAME` | `HOSTNAME`, else `unknown` | told in `X-Pod-Name` |
/// | `REDIS_HOST`, `REDIS_PORT` | `redis`, 6379 | the store |
/// | `USER_SERVICE_URL`, `MOVIE_SERVICE_URL` | `http://user-service:8081`, `http://movie-service:8082` | whom booking asks |
/// | `CALL_TIMEOUT` | 3 | seconds a call to another service may take |
/// | `SHUTDOWN_DELAY` | 1000 | milliseconds that a stopping pod still answers |
///
/// Kubernetes sets `REDIS_PORT=tcp://10.0.0.7:6379` itself when a Service is called `redis`; the
/// port in it is taken.
public record ServiceConfig(
    String service,
    String bindAddress,
    int port,
    String cluster,
    String pod,
    String redisHost,
    int redisPort,
    URI userServiceUrl,
    URI movieServiceUrl,
    Duration callTimeout,
    Duration shutdownDelay) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final Pattern LINK = Pattern.compile("tcp://.+:([0-9]+)");

  public ServiceConfig {
    named("service", service);
    named("CLUSTER_NAME", cluster);
    named("POD_NAME", pod);
    within("PORT", port, 0, 65535);
    within("REDIS_PORT", redisPort, 1, 65535);
    within("CALL_TIMEOUT in milliseconds", callTimeout.toMillis(), 1, 600_000);
    within("SHUTDOWN_DELAY", shutdownDelay.toMillis(), 0, 600_000);
    http("USER_SERVICE_URL", userServiceUrl);
    http("MOVIE_SERVICE_URL", movieServiceUrl);
  }

  /// @param service its name, `user-service`
  /// @param port the port when `PORT` is not set; 0 chooses a free one (tests)
  /// @throws IllegalArgumentException naming the variable, what it is and what was expected
  public static ServiceConfig from(String service, int port, Map<String, String> environment) {
    return new ServiceConfig(
        service,
        value(environment, "BIND_ADDRESS", "0.0.0.0"),
        (int) number("PORT", value(environment, "PORT", "" + port)),
        value(environment, "CLUSTER_NAME", "unknown"),
        value(environment, "POD_NAME", value(environment, "HOSTNAME", "unknown")),
        value(environment, "REDIS_HOST", "redis"),
        (int) number("REDIS_PORT", value(environment, "REDIS_PORT", "6379")),
        uri("USER_SERVICE_URL", value(environment, "USER_SERVICE_URL", "http://user-service:8081")),
        uri(
            "MOVIE_SERVICE_URL",
            value(environment, "MOVIE_SERVICE_URL", "http://movie-service:8082")),
        seconds("CALL_TIMEOUT", value(environment, "CALL_TIMEOUT", "3")),
        Duration.ofMillis(number("SHUTDOWN_DELAY", value(environment, "SHUTDOWN_DELAY", "1000"))));
  }

  private static String value(Map<String, String> environment, String name, String otherwise) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  private static long number(String name, String value) {
    var link = LINK.matcher(value);
    String digits = name.endsWith("PORT") && link.matches() ? link.group(1) : value;
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " is \"" + value + "\"; expected a whole number", e);
    }
  }

  private static Duration seconds(String name, String value) {
    try {
      return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " is \"" + value + "\"; expected seconds, for example 3 or 0.5", e);
    }
  }

  private static URI uri(String name, String value) {
    try {
      return URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + " is \"" + value + "\"; expected http://HOST:PORT", e);
    }
  }

  private static void http(String name, URI value) {
    if (!"http".equals(value.getScheme())
        || value.getHost() == null
        || !value.getRawPath().isEmpty()) {
      throw new IllegalArgumentException(name + " is \"" + value + "\"; expected http://HOST:PORT");
    }
  }

  private static void named(String name, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          name + " is \"" + value + "\"; expected letters, digits, '.', '_' and '-'");
    }
  }

  private static void within(String name, long value, long from, long to) {
    if (value < from || value > to) {
      throw new IllegalArgumentException(
          name + " is " + value + "; expected " + from + " to " + to);
    }
  }
}
