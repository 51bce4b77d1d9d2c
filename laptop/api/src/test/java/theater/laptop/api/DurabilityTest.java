package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.HttpKubeApi;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.Kubeconfig;
import theater.kube.ResourceType;
import theater.laptop.api.json.Json;
import theater.laptop.plan.HomeFolder;

/// The server is killed while many write: what it has acknowledged is there afterwards.
class DurabilityTest {
  private static final ResourceType CONFIG_MAP =
      new ResourceType("", "v1", "configmaps", "ConfigMap", true);
  private static final int WRITES = 1000;
  private static final int WRITERS = 8;

  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostByAKill() throws Exception {
    Map<String, String> acknowledged = new ConcurrentHashMap<>();
    CountDownLatch enough = new CountDownLatch(WRITES);
    Process server = server();
    try {
      KubeApi api = api();
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String name = "w" + i;
        writers.add(Thread.startVirtualThread(() -> write(api, name, acknowledged, enough)));
      }
      assertThat(enough.await(5, TimeUnit.MINUTES)).isTrue();
      server.destroyForcibly().waitFor();
      for (Thread writer : writers) {
        writer.join();
      }
    } finally {
      server.destroyForcibly().waitFor();
    }

    Map<String, ObjectNode> found = new ConcurrentHashMap<>();
    try (Cluster again = new Cluster(folder)) {
      again
          .server
          .api()
          .list(CONFIG_MAP, "default", null)
          .items()
          .forEach(object -> found.put(Json.name(object), object));
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(WRITES);
    acknowledged.forEach((name, version) -> {
      assertThat(found).containsKey(name);
      assertThat(Json.text(found.get(name), "metadata", "resourceVersion")).isEqualTo(version);
    });
    System.out.println(
        "killed after " + acknowledged.size() + " acknowledged writes; all of them are there");
  }

  private static void write(
      KubeApi api, String prefix, Map<String, String> acknowledged, CountDownLatch enough) {
    try {
      for (int i = 0; ; i++) {
        ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", prefix + "-" + i).put("namespace", "default");
        object.putObject("data").put("text", "x".repeat(1000));
        ObjectNode written = api.create(CONFIG_MAP, object);
        acknowledged.put(prefix + "-" + i, Json.text(written, "metadata", "resourceVersion"));
        enough.countDown();
      }
    } catch (KubeUnavailableException | KubeException e) {
      // The server is gone: that write was not acknowledged.
    }
  }

  private Process server() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrialServer.class.getName(),
                folder.toString(),
                "0")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    Path kubeconfig = new HomeFolder(folder).kubeconfig();
    while (process.isAlive()
        && !(Files.exists(kubeconfig) && Files.readString(kubeconfig).contains("contexts:"))) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    assertThat(process.isAlive()).as(Files.readString(folder.resolve("server.log"))).isTrue();
    return process;
  }

  private KubeApi api() throws Exception {
    return new HttpKubeApi(
        Kubeconfig.read(new HomeFolder(folder).kubeconfig()).context("ctx1"),
        Duration.ofSeconds(60));
  }
}
