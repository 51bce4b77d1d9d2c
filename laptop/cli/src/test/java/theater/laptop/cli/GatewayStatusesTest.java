package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import theater.kube.KubeApi;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.MeshView;

/// A status is written with its time and generation, and not again while it says the same.
class GatewayStatusesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final LinkedBlockingQueue<JsonNode> patches = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> reads = new LinkedBlockingQueue<>();
  private volatile String stored = "{\"metadata\":{\"name\":\"istio\",\"generation\":3}}";

  @Test
  void aStatusIsWrittenOnce() throws Exception {
    try (GatewayStatuses statuses = new GatewayStatuses(api(), Clock.fixed(NOW, ZoneOffset.UTC))) {
      statuses.update(view());
      JsonNode patch = patches.poll(60, TimeUnit.SECONDS);
      JsonNode condition = patch.path("status").path("conditions").path(0);
      assertThat(condition.path("type").asText()).isEqualTo("Accepted");
      assertThat(condition.path("observedGeneration").asInt()).isEqualTo(3);
      assertThat(condition.path("lastTransitionTime").asText()).isEqualTo(NOW.toString());
      reads.clear();

      ObjectNode written = (ObjectNode) JSON.readTree(stored);
      written.set("status", patch.path("status"));
      stored = written.toString();
      statuses.update(view());
      assertThat(reads.poll(60, TimeUnit.SECONDS)).isEqualTo("istio");
      statuses.update(view());
      assertThat(reads.poll(60, TimeUnit.SECONDS)).isEqualTo("istio");
      assertThat(patches).as("what was written at the second view").isEmpty();
    }
  }

  private KubeApi api() {
    return (KubeApi)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {KubeApi.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "get" -> {
                    reads.add((String) arguments[2]);
                    yield JSON.readTree(stored);
                  }
                  case "mergePatch" -> {
                    patches.add((JsonNode) arguments[4]);
                    yield JSON.readTree(stored);
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static MeshView view() throws IOException {
    ConfigObject gatewayClass =
        new ConfigObject(
            "gateway.networking.k8s.io/v1",
            "GatewayClass",
            "",
            "istio",
            NOW,
            Map.of(),
            Map.of(),
            JSON.readTree("{\"controllerName\":\"istio.io/gateway-controller\"}"));
    return new MeshView(
        "ctx1",
        MeshSettings.DEFAULT,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(gatewayClass));
  }
}
