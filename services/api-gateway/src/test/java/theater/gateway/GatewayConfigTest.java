package theater.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.kube.Credentials;

class GatewayConfigTest {

  @Test
  void defaultsAreTheContract() {
    GatewayConfig config = GatewayConfig.from(Map.of());
    assertThat(config)
        .isEqualTo(
            new GatewayConfig(
                8080,
                "0.0.0.0",
                "ctx1",
                "api-gateway",
                Map.of(
                    CinemaService.USER, URI.create("http://user-service:8081"),
                    CinemaService.MOVIE, URI.create("http://movie-service:8082"),
                    CinemaService.BOOKING, URI.create("http://booking-service:8083")),
                Path.of("/ui"),
                "theater-msa",
                null,
                null,
                "localhost:15000",
                "",
                "redis",
                6379,
                Duration.ofSeconds(30),
                Duration.ofSeconds(1)));
    assertThat(config.otherContext()).isEqualTo("ctx2");
  }

  @ParameterizedTest
  @CsvSource({
    "PORT,8888",
    "BIND_ADDRESS,127.1.1.2",
    "CLUSTER_NAME,ctx2",
    "POD_NAME,gateway-7",
    "USER_SERVICE_URL,http://u:1",
    "MOVIE_SERVICE_URL,http://m:2",
    "BOOKING_SERVICE_URL,http://b:3",
    "UI_DIR,/pages",
    "NAMESPACE,other",
    "REMOTE_KUBECONFIG,/etc/remote",
    "KUBECONFIG,/home/me/.kube/config",
    "ENVOY_ADMIN,127.1.1.1:15000",
    "INSTRUCTOR_KEY,secret",
    "REDIS_HOST,r",
    "REDIS_PORT,6380",
    "UPSTREAM_TIMEOUT,5",
    "SHUTDOWN_DELAY,250",
    "HOSTNAME,host-9"
  })
  void everyVariableIsRead(String name, String value) {
    assertThat(GatewayConfig.from(Map.of(name, value))).isNotEqualTo(GatewayConfig.from(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "PORT,http",
    "PORT,0",
    "PORT,70000",
    "REDIS_PORT,-1",
    "UPSTREAM_TIMEOUT,0",
    "USER_SERVICE_URL,user-service:8081",
    "MOVIE_SERVICE_URL,ftp://x"
  })
  void badValueIsNamed(String name, String value) {
    assertThatThrownBy(() -> GatewayConfig.from(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(value)
        .hasMessageContaining("expected");
  }

  @Test
  void apiServerOfAPodIsTheOneThatKubernetesNames() {
    Map<String, String> pod =
        Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBERNETES_SERVICE_PORT", "443");
    assertThat(GatewayConfig.from(pod).apiServer())
        .isEqualTo(Credentials.of(pod).orElseThrow())
        .isInstanceOf(Credentials.ServiceAccount.class);
  }

  @Test
  void portThatKubernetesSetsForAServiceIsNotMeant() {
    assertThat(GatewayConfig.from(Map.of("REDIS_PORT", "tcp://10.96.0.14:6379")).redisPort())
        .isEqualTo(6379);
  }
}
