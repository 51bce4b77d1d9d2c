package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.Connection;
import theater.kube.HttpKubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.Kubeconfig;
import theater.kube.ResourceType;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.StatusException;

class ExtensionTest {
  @TempDir Path folder;

  @Test
  void pathsOfItsOwnAreAnsweredToThoseWhoMay() throws Exception {
    try (Cluster cluster = new Cluster(folder)) {
      cluster.server.extend(
          "/more/",
          (path, query) -> {
            if (query.first("bad").equals("yes")) {
              throw StatusException.badRequest("bad is \"yes\"; expected no");
            }
            return path.equals("here")
                ? Json.object().put("values", String.join("+", query.all("a")))
                : null;
          });
      Connection admin = Kubeconfig.read(cluster.home.kubeconfig()).context("ctx1");
      HttpKubeApi api = new HttpKubeApi(admin);
      awaitAnswer(api);
      assertThat(api.get("/more/here?a=1&a=%202").path("values").asText()).isEqualTo("1+ 2");
      refused(api, "/more/here?bad=yes", 400, "bad is \"yes\"; expected no");
      refused(api, "/more/there", 404, "could not find");
      HttpKubeApi nobody =
          new HttpKubeApi(
              Connection.withToken(admin.server(), admin.authorityPem(), "not-a-token"));
      refused(nobody, "/more/here", 401, "Unauthorized");
    }
  }

  /// The first handshake of a JVM takes its time on a busy computer.
  private static void awaitAnswer(HttpKubeApi api) {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (System.nanoTime() < deadline) {
      try {
        api.get("/version");
        return;
      } catch (KubeUnavailableException _) {
        Thread.onSpinWait(); // each try waits for seconds by itself
      }
    }
  }

  private static void refused(HttpKubeApi api, String path, int code, String text) {
    assertThatThrownBy(() -> api.get(path))
        .isInstanceOfSatisfying(
            KubeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.getMessage()).contains(text);
            });
  }

  @Test
  void writesAreToldBeforeTheWriterIsAnswered() throws Exception {
    try (Cluster cluster = new Cluster(folder)) {
      List<String> told = new ArrayList<>();
      cluster.server.onWrite(
          event -> told.add(event.key().name() + (event.object() == null ? " gone" : "")));
      ResourceType type = new ResourceType("", "v1", "configmaps", "ConfigMap", true);
      var object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
      object.putObject("metadata").put("name", "one").put("namespace", "default");
      cluster.server.api().create(type, object);
      assertThat(told).containsExactly("one");
      cluster.server.api().delete(type, "default", "one", null, null);
      assertThat(told).containsExactly("one", "one gone");
    }
  }
}
