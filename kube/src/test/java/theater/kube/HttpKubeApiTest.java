package theater.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.KubeApi.Watch;
import theater.kube.KubeApi.WatchEvent;
import theater.mesh.identity.CertificateAuthority;

class HttpKubeApiTest {
  @TempDir Path folder;
  private FakeServer server;
  private HttpKubeApi api;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer(CertificateAuthority.open(folder.resolve("pki")));
    api = new HttpKubeApi(server.connection());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void readsAsTheUserOfTheClientCertificate() {
    server.put("a", "Running");

    assertThat(api.get(ResourceTypes.POD, "shop", "a").path("status").path("phase").asText())
        .isEqualTo("Running");
    assertThat(server.requests.getFirst().user()).isEqualTo("CN=admin,O=system:masters");
    assertThat(server.requests.getFirst().uri()).isEqualTo("/api/v1/namespaces/shop/pods/a");
  }

  @Test
  void itemsOfAListHaveTheirType() {
    server.put("a", "Running");

    KubeApi.ObjectList list = api.list(ResourceTypes.POD, null, "app in (a,b)");

    assertThat(list.resourceVersion()).isEqualTo("101");
    assertThat(list.items().getFirst().path("kind").asText()).isEqualTo("Pod");
    assertThat(server.requests.getFirst().uri())
        .isEqualTo("/api/v1/pods?labelSelector=app%20in%20%28a%2Cb%29");
  }

  @Test
  void aRefusalIsItsStatus() {
    assertThatThrownBy(() -> api.get(ResourceTypes.POD, "shop", "gone"))
        .isInstanceOfSatisfying(
            KubeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(404);
              assertThat(e.reason()).isEqualTo("NotFound");
              assertThat(e).hasMessage("pods \"gone\" not found");
            });
  }

  @Test
  void writesGoWhereKubernetesExpectsThem() {
    ObjectNode pod = server.put("a", "Running");
    api.create(ResourceTypes.POD, pod.deepCopy());
    api.update(ResourceTypes.POD, pod);
    api.updateStatus(ResourceTypes.POD, pod);
    api.mergePatch(
        ResourceTypes.POD, "shop", "a", "status", HttpKubeApi.JSON.createObjectNode().put("x", 1));
    api.delete(ResourceTypes.POD, "shop", "a", "uid-a", 0);

    assertThat(server.requests)
        .extracting(r -> r.method() + " " + r.uri() + " " + r.contentType())
        .containsExactly(
            "POST /api/v1/namespaces/shop/pods application/json",
            "PUT /api/v1/namespaces/shop/pods/a application/json",
            "PUT /api/v1/namespaces/shop/pods/a/status application/json",
            "PATCH /api/v1/namespaces/shop/pods/a/status application/merge-patch+json",
            "DELETE /api/v1/namespaces/shop/pods/a application/json");
    assertThat(server.requests.getLast().body())
        .contains("\"gracePeriodSeconds\":0", "\"preconditions\":{\"uid\":\"uid-a\"}");
  }

  @Test
  void aWatchTellsEventsAndBookmarksAndEndsWith410() throws Exception {
    BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();
    CompletableFuture<RuntimeException> ended = new CompletableFuture<>();
    api.watch(ResourceTypes.POD, null, "100", events::add, ended::complete);
    Until.holds("one watcher", () -> server.watchers() == 1);

    server.put("a", "Pending");
    server.bookmark();
    server.put("a", "Running");
    server.remove("a");
    server.forget();

    assertThat(List.of(events.take(), events.take(), events.take(), events.take()))
        .extracting(e -> e.type() + " " + Meta.resourceVersion(e.object()))
        .containsExactly("ADDED 101", "BOOKMARK 101", "MODIFIED 102", "DELETED 103");
    assertThat(ended.get(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(KubeException.class, e -> assertThat(e.code()).isEqualTo(410));
    assertThat(server.requests.getFirst().uri())
        .isEqualTo(
            "/api/v1/pods?watch=true&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=100");
  }

  @Test
  void aClosedWatchEndsWithoutAFailure() throws Exception {
    CompletableFuture<RuntimeException> ended = new CompletableFuture<>();
    Watch watch = api.watch(ResourceTypes.POD, null, "100", event -> {}, ended::complete);
    Until.holds("one watcher", () -> server.watchers() == 1);

    watch.close();

    assertThat(ended.get(10, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void aServerThatIsAwayIsUnavailable() {
    server.stop();
    assertThatThrownBy(() -> api.get(ResourceTypes.POD, "shop", "a"))
        .isInstanceOf(KubeUnavailableException.class)
        .hasMessageContaining("/api/v1/namespaces/shop/pods/a");
  }

  @Test
  void aServerThatTakesARequestAndSaysNothingIsUnavailable() {
    server.silent = true;
    HttpKubeApi hasty = new HttpKubeApi(server.connection(), Duration.ofMillis(500));
    assertThatThrownBy(() -> hasty.list(ResourceTypes.POD, null, null))
        .isInstanceOf(KubeUnavailableException.class)
        .hasMessageContaining("/api/v1/pods")
        .hasMessageContaining("timed out");
  }

  @Test
  void aWatchThatTheServerDoesNotEndIsGivenUp() throws Exception {
    HttpKubeApi hasty =
        new HttpKubeApi(server.connection(), Duration.ofSeconds(1), Duration.ofSeconds(1));
    CompletableFuture<RuntimeException> ended = new CompletableFuture<>();
    hasty.watch(ResourceTypes.POD, null, "100", event -> {}, ended::complete);

    assertThat(ended.get(20, TimeUnit.SECONDS))
        .isInstanceOf(KubeUnavailableException.class)
        .hasMessageContaining("pods at https://127.0.0.1:")
        .hasMessageEndingWith("the server did not end it after 2 s");
    assertThat(server.requests.getFirst().uri()).contains("timeoutSeconds=1&");
  }

  @Test
  void aClosedClientAsksNoMore() {
    api.close();
    assertThatThrownBy(() -> api.get(ResourceTypes.POD, "shop", "a"))
        .isInstanceOf(KubeUnavailableException.class);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void aTokenFileIsReadForEachRequest() throws Exception {
    Path file = folder.resolve("token");
    Connection admin = server.connection();
    Connection withToken =
        new Connection(
            admin.server(),
            admin.authorityPem(),
            admin.certificatePem(),
            admin.keyPem(),
            null,
            file);
    HttpKubeApi client = new HttpKubeApi(withToken);
    server.put("a", "Running");

    Files.writeString(file, "one\n");
    client.get(ResourceTypes.POD, "shop", "a");
    Files.writeString(file, "two\n");
    client.get(ResourceTypes.POD, "shop", "a");

    assertThat(server.requests)
        .extracting(FakeServer.Request::authorization)
        .containsExactly("Bearer one", "Bearer two");
  }

  @Test
  void aServerOfAnotherAuthorityIsNotTrusted() {
    CertificateAuthority other = CertificateAuthority.open(folder.resolve("other"));
    URI address = server.connection().server();
    HttpKubeApi client = new HttpKubeApi(Connection.withToken(address, other.rootPem(), "secret"));
    assertThatThrownBy(() -> client.get(ResourceTypes.POD, "shop", "a"))
        .isInstanceOf(KubeUnavailableException.class)
        .hasMessageContaining("SSLHandshakeException");
    assertThat(server.requests).isEmpty();
  }
}
