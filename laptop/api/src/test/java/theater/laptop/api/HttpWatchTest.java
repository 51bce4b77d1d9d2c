package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.HttpKubeApi;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.Kubeconfig;
import theater.kube.ResourceType;
import theater.laptop.api.json.Json;

/// The HTTPS client of the other rooms, and the one inside the process, say the same.
class HttpWatchTest {
  private static final ResourceType CONFIG_MAP =
      new ResourceType("", "v1", "configmaps", "ConfigMap", true);

  @TempDir Path folder;

  @Test
  void bothClientsSeeTheSameEvents() throws Exception {
    try (Cluster cluster = new Cluster(folder)) {
      KubeApi http = new HttpKubeApi(Kubeconfig.read(cluster.home.kubeconfig()).context("ctx1"));
      for (KubeApi api : List.of(http, cluster.server.api())) {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        String version = api.list(CONFIG_MAP, "default", null).resourceVersion();
        try (KubeApi.Watch watch =
            api.watch(
                CONFIG_MAP,
                "default",
                version,
                event -> seen.add(event.type() + " " + Json.name(event.object())),
                _ -> {})) {
          assertThat(watch).isNotNull();
          api.create(CONFIG_MAP, object("c"));
          ObjectNode patch = Json.object();
          patch.putObject("data").put("a", "2");
          http.mergePatch(CONFIG_MAP, "default", "c", null, patch);
          api.delete(CONFIG_MAP, "default", "c", null, null);
          assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("ADDED c");
          assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("MODIFIED c");
          assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("DELETED c");
        }
        assertThatThrownBy(() -> api.get(CONFIG_MAP, "default", "c"))
            .isInstanceOfSatisfying(KubeException.class, e -> assertThat(e.code()).isEqualTo(404));
      }
    }
  }

  /// A bookmark tells how far a quiet watch has come, also by what happened to other resources.
  @Test
  void aQuietWatchGetsBookmarks() throws Exception {
    try (Cluster cluster = new Cluster(folder)) {
      KubeApi api = cluster.server.api();
      String before = api.list(CONFIG_MAP, "default", null).resourceVersion();
      Cluster.Answer said =
          cluster.run(
              folder,
              "get",
              "--raw",
              "/api/v1/namespaces/default/secrets?watch=true&allowWatchBookmarks=true&timeoutSeconds=12&resourceVersion="
                  + before);
      assertThat(said.text()).contains("BOOKMARK").contains("\"resourceVersion\":\"");
    }
  }

  @Test
  void fiveHundredObjectsAreListed() throws Exception {
    try (Cluster cluster = new Cluster(folder)) {
      KubeApi http = new HttpKubeApi(Kubeconfig.read(cluster.home.kubeconfig()).context("ctx1"));
      for (int i = 0; i < 500; i++) {
        http.create(CONFIG_MAP, object("c" + i));
      }
      assertThat(http.list(CONFIG_MAP, null, null).items()).hasSize(500);
    }
  }

  private static ObjectNode object(String name) {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    object.putObject("metadata").put("name", name).put("namespace", "default");
    object.putObject("data").put("a", "1");
    return object;
  }
}
