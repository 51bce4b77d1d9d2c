package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.KubeApi;
import theater.kube.ResourceTypes;
import theater.laptop.api.json.Json;

/// A watch that nobody reads, while a large object changes often.
class SlowReaderTest {
  private static final int CHANGES = 120;
  private static final String PATH = "/api/v1/namespaces/default/configmaps?watch=true";

  @TempDir Path folder;

  @Test
  void whoDoesNotReadIsToldToListAgainAndNobodyElseLosesAnything() throws Exception {
    try (Cluster cluster = new Cluster(folder);
        Socket slow =
            TestIdentity.get()
                .tls(true)
                .getSocketFactory()
                .createSocket("127.0.0.1", cluster.server.port())) {
      KubeApi api = cluster.server.api();
      ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
      object.putObject("metadata").put("name", "large").put("namespace", "default");
      String version =
          Json.text(api.create(ResourceTypes.CONFIG_MAP, object), "metadata", "resourceVersion");
      slow.getOutputStream()
          .write(
              ("GET "
                      + PATH
                      + "&resourceVersion="
                      + version
                      + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream unread = slow.getInputStream();
      assertThat(unread.read()).isEqualTo('H');
      BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
      try (KubeApi.Watch watch =
          api.watch(
              ResourceTypes.CONFIG_MAP,
              "default",
              version,
              event -> seen.add(event.object().at("/data/number").asInt()),
              _ -> {})) {
        assertThat(watch).isNotNull();
        for (int i = 1; i <= CHANGES; i++) {
          ObjectNode patch = Json.object();
          patch
              .putObject("data")
              .put("number", Integer.toString(i))
              .put("text", "x".repeat(1 << 20));
          api.mergePatch(ResourceTypes.CONFIG_MAP, "default", "large", null, patch);
          assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(i);
        }
      }
      slow.setSoTimeout(20_000);
      assertThat(lastEvent(unread)).contains("\"ERROR\"", "\"code\":410");
    }
  }

  /// Reads until the first short line that is no chunk's length or object: the error.
  private static String lastEvent(InputStream in) throws Exception {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next != '\n') {
        if (line.length() < 1000) {
          line.append((char) next);
        }
      } else if (line.indexOf("\"type\":\"ERROR\"") >= 0) {
        return line.toString();
      } else {
        line.setLength(0);
      }
    }
    return "the stream ended without an error";
  }
}
