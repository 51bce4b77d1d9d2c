package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.Meta;
import theater.kube.ResourceTypes;
import theater.laptop.node.LiveNode.Answer;

/// curl and wget in a pod, and its log. A small web server stands where the pod's sidecar listens
/// for a Service.
@Timeout(300)
class PodToolsTest {
  @TempDir static Path folder;
  private static LiveNode node;
  private static HttpServer sidecar;

  @BeforeAll
  static void begin() throws Exception {
    node = new LiveNode(folder);
    node.create(
        ResourceTypes.SERVICE,
        "metadata: {name: shop, namespace: default}\nspec: {selector: {app: shop}, ports: [{port: 8080}]}");
    node.pod("web", "echo first; while :; do echo tick; sleep 0.2; done");
    String podIp = node.kubectl("get", "pod", "web", "-o", "jsonpath={.status.podIP}").text();
    sidecar =
        HttpServer.create(
            new InetSocketAddress(podIp.substring(0, podIp.lastIndexOf('.')) + ".10", 8080), 0);
    sidecar.createContext(
        "/",
        exchange -> {
          String text = exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI();
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    sidecar.start();
    LiveNode.await(
        "the Service has a name in the pod",
        () -> LiveNode.text(names()).contains("shop.default.svc.cluster.local"));
  }

  private static Path names() {
    String uid = node.find(ResourceTypes.POD, "web").path("metadata").path("uid").asText();
    return node.home.pod("ctx1", uid).resolve("tools/names");
  }

  @AfterAll
  static void end() {
    if (sidecar != null) {
      sidecar.stop(0);
    }
    if (node != null) {
      node.close();
    }
  }

  @Test
  void curlReachesServicesByAllTheirNames() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/curl")), "skipped: no curl on this computer");
    Answer answer =
        node.kubectl(
            "exec",
            "web",
            "--",
            "curl",
            "-s",
            "http://shop:8080/a?b=1",
            "http://shop.default.svc.cluster.local:8080/c");
    assertThat(answer)
        .isEqualTo(new Answer(0, "shop:8080/a?b=1shop.default.svc.cluster.local:8080/c"));
  }

  @Test
  void wgetReachesThemToo() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/wget")), "skipped: no wget on this computer");
    assertThat(node.kubectl("exec", "web", "--", "wget", "-qO-", "http://shop.default:8080/a?b=1"))
        .isEqualTo(new Answer(0, "shop.default:8080/a?b=1"));
    assertThat(
            node.kubectl(
                "exec", "web", "--", "sh", "-c", "wget -q -O - shop:8080/ && echo ' done'"))
        .isEqualTo(new Answer(0, "shop:8080/ done\n"));
  }

  @Test
  void theHostsNameIsThePods() throws Exception {
    String podIp = node.kubectl("get", "pod", "web", "-o", "jsonpath={.status.podIP}").text();
    assertThat(node.kubectl("exec", "web", "--", "hostname")).isEqualTo(new Answer(0, "web\n"));
    assertThat(node.kubectl("exec", "web", "--", "hostname", "-i"))
        .isEqualTo(new Answer(0, podIp + "\n"));
  }

  @Test
  void aPodsOwnProgramHasThemToo() throws Exception {
    String uid = Meta.uid(node.pod("load", "hostname; command -v wget; sleep 1000"));
    Path log = node.home.log("ctx1", uid, "main");
    LiveNode.await(
        "the program found wget", () -> LiveNode.text(log).strip().endsWith("/tools/wget"));
    assertThat(LiveNode.text(log)).startsWith("load\n");
  }

  @Test
  void logsKnowWhenALineWasWritten() throws Exception {
    Answer all = node.kubectl("logs", "web", "--timestamps");
    String first = all.text().lines().findFirst().orElseThrow();
    assertThat(first).endsWith("Z first");
    Instant began = Instant.parse(first.substring(0, first.indexOf(' ')));
    assertThat(began).isBetween(Instant.now().minusSeconds(600), Instant.now());
    assertThat(node.kubectl("logs", "web", "--since-time", began.minusSeconds(5).toString()).text())
        .startsWith("first\n");
    String later = began.plusSeconds(3).toString();
    LiveNode.await("time goes on", () -> Instant.now().isAfter(began.plusSeconds(6)));
    assertThat(node.kubectl("logs", "web", "--since-time", later).text())
        .doesNotContain("first")
        .startsWith("tick\n");
    assertThat(node.kubectl("logs", "web", "--since=1000h", "--tail=2").text())
        .startsWith("tick\ntick\n");
    assertThat(node.kubectl("logs", "web", "--limit-bytes=3").text()).isEqualTo("fir");
  }
}
