package theater.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceConfigTest {
  private static ServiceConfig from(Map<String, String> environment) {
    return ServiceConfig.from("user-service", 8081, environment);
  }

  @Test
  void defaults() {
    var config = from(Map.of());
    assertThat(config.bindAddress()).isEqualTo("0.0.0.0");
    assertThat(config.port()).isEqualTo(8081);
    assertThat(config.cluster()).isEqualTo("unknown");
    assertThat(config.pod()).isEqualTo("unknown");
    assertThat(config.redisHost()).isEqualTo("redis");
    assertThat(config.redisPort()).isEqualTo(6379);
    assertThat(config.userServiceUrl()).hasToString("http://user-service:8081");
    assertThat(config.movieServiceUrl()).hasToString("http://movie-service:8082");
    assertThat(config.callTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.shutdownDelay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void everyVariableIsRead() {
    var others =
        Map.ofEntries(
            Map.entry("PORT", "9"),
            Map.entry("BIND_ADDRESS", "127.0.0.9"),
            Map.entry("CLUSTER_NAME", "ctx2"),
            Map.entry("POD_NAME", "p"),
            Map.entry("HOSTNAME", "h"),
            Map.entry("REDIS_HOST", "r"),
            Map.entry("REDIS_PORT", "7"),
            Map.entry("USER_SERVICE_URL", "http://u:1"),
            Map.entry("MOVIE_SERVICE_URL", "http://m:1"),
            Map.entry("CALL_TIMEOUT", "0.5"),
            Map.entry("SHUTDOWN_DELAY", "5"));
    others.forEach((name, value) ->
        assertThat(from(Map.of(name, value))).as(name).isNotEqualTo(from(Map.of())));
  }

  @Test
  void podNameWinsOverHostname() {
    assertThat(from(Map.of("POD_NAME", "p", "HOSTNAME", "h")).pod()).isEqualTo("p");
  }

  @Test
  void portOfAServiceLinkIsTaken() {
    assertThat(from(Map.of("REDIS_PORT", "tcp://10.0.0.7:6380")).redisPort()).isEqualTo(6380);
  }

  @Test
  void aWrongValueIsNamed() {
    var wrong = new HashMap<String, String>();
    wrong.put("PORT", "http");
    wrong.put("REDIS_PORT", "70000");
    wrong.put("CALL_TIMEOUT", "soon");
    wrong.put("SHUTDOWN_DELAY", "-1");
    wrong.put("USER_SERVICE_URL", "user-service");
    wrong.put("CLUSTER_NAME", "a\r\nb");
    wrong.forEach((name, value) ->
        assertThatThrownBy(() -> from(Map.of(name, value)))
            .as(name)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(name)
            .hasMessageContaining("expected"));
  }
}
