package theater.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.mesh.identity.CertificateAuthority;

class InformerTest {
  @TempDir Path folder;
  private final List<String> news = new CopyOnWriteArrayList<>();
  private FakeServer server;
  private Informer informer;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer(CertificateAuthority.open(folder));
    server.put("a", "Running");
    informer =
        new Informer(new HttpKubeApi(server.connection()), ResourceTypes.POD, null, new Recorder());
  }

  @AfterEach
  void stop() {
    informer.close();
    server.close();
  }

  @Test
  void listsThenFollows() throws Exception {
    begin();
    server.put("b", "Pending");
    server.put("b", "Running");
    server.remove("a");

    awaitNews("added a", "synced", "added b", "modified b", "deleted a");
    assertThat(informer.get("shop", "b").orElseThrow().path("status").path("phase").asText())
        .isEqualTo("Running");
    assertThat(informer.all()).hasSize(1);
  }

  @Test
  void aServerThatComesBackTellsTheDifferencesOnly() throws Exception {
    server.put("b", "Running");
    server.put("c", "Running");
    begin();
    awaitNews("added a", "added b", "added c", "synced");

    server.stop();
    assertThat(informer.all()).as("the last known objects stay").hasSize(3);
    server.put("a", "Failed");
    server.remove("b");
    server.put("d", "Running");
    server.forgetQuietly();
    server.start();

    awaitNews("added a", "added b", "added c", "synced", "deleted b", "modified a", "added d");
    Until.holds("watching again", () -> server.watchers() == 1);
    server.put("e", "Running");
    Until.holds("e is told", () -> news.contains("added e"));
  }

  @Test
  void afterAnExpiredWatchItListsAgain() throws Exception {
    begin();
    server.forget();
    Until.holds("watching again", () -> server.watchers() == 1);
    server.put("b", "Running");

    awaitNews("added a", "synced", "added b");
  }

  @Test
  void aWatchThatEndsNormallyIsResumedWithoutAList() throws Exception {
    begin();
    server.put("b", "Running");
    awaitNews("added a", "synced", "added b");
    server.endWatches();
    Until.holds("watching again", () -> server.watchers() == 1);

    assertThat(server.requests.getLast().uri()).endsWith("resourceVersion=102");
    assertThat(server.requests.stream().filter(r -> !r.uri().contains("watch"))).hasSize(1);
  }

  @Test
  void aBookmarkIsWhereItGoesOn() throws Exception {
    begin();
    server.forgetQuietly();
    server.bookmark();
    server.endWatches();
    Until.holds("watching again", () -> server.watchers() == 1);

    assertThat(server.requests.getLast().uri()).endsWith("resourceVersion=102");
    assertThat(server.requests.stream().filter(r -> !r.uri().contains("watch"))).hasSize(1);
    assertThat(news).containsExactly("added a", "synced");
  }

  @Test
  void itSaysThatTheServerIsLostAndWhy() throws Exception {
    begin();
    assertThat(informer.loss()).isEmpty();

    server.refuse = 403;
    server.endWatches();
    Until.holds("lost", () -> informer.loss().isPresent());
    Loss loss = informer.loss().orElseThrow();
    assertThat(loss.reason()).isEqualTo("refused for the test");
    int asked = server.requests.size();
    Until.holds("asked again", () -> server.requests.size() > asked + 1);
    assertThat(informer.loss().orElseThrow().since())
        .as("since the first failure")
        .isEqualTo(loss.since());

    server.refuse = 0;
    Until.holds("found again", () -> informer.loss().isEmpty());
  }

  @Test
  void aFirstListThatFailsIsALossToo() {
    server.stop();
    informer.start();
    Until.holds("lost", () -> informer.loss().isPresent());

    assertThat(informer.loss().orElseThrow().reason()).contains("/api/v1/pods", "got no answer");
    assertThat(informer.synced()).isFalse();
  }

  @Test
  void aRenewedTokenIsTakenAfterA401() throws Exception {
    Path token = folder.resolve("token");
    Connection admin = server.connection();
    Files.writeString(token, "old");
    server.token = "old";
    informer =
        new Informer(
            new HttpKubeApi(
                new Connection(
                    admin.server(),
                    admin.authorityPem(),
                    admin.certificatePem(),
                    admin.keyPem(),
                    null,
                    token)),
            ResourceTypes.POD,
            null,
            new Recorder());
    begin();

    server.token = "new";
    server.endWatches();
    Until.holds("refused", () -> informer.loss().isPresent());
    assertThat(informer.loss().orElseThrow().reason()).isEqualTo("Unauthorized");
    Files.writeString(token, "new");
    Until.holds("taken again", () -> informer.loss().isEmpty() && server.watchers() == 1);
    assertThat(news).containsExactly("added a", "synced");
  }

  @Test
  void aKindThatIsNotServedIsEmpty() throws Exception {
    server.refuse = 404;
    informer.start();

    assertThat(informer.awaitSynced(Duration.ofSeconds(20))).isTrue();
    assertThat(news).containsExactly("synced");
  }

  @Test
  void aListenerThatFailsDoesNotEndIt() throws Exception {
    begin();
    server.put("fails", "Running");
    server.put("b", "Running");
    awaitNews("added a", "synced", "added fails", "added b");
  }

  private void begin() throws InterruptedException {
    informer.start();
    assertThat(informer.awaitSynced(Duration.ofSeconds(20))).isTrue();
    Until.holds("one watcher", () -> server.watchers() == 1);
  }

  private void awaitNews(String... expected) {
    Until.holds(List.of(expected) + " but is " + news, () -> news.size() >= expected.length);
    assertThat(news).containsExactly(expected);
  }

  private final class Recorder implements InformerListener {
    @Override
    public void added(ObjectNode object) {
      news.add("added " + Meta.name(object));
      if (Meta.name(object).equals("fails")) {
        throw new IllegalStateException("meant to fail");
      }
    }

    @Override
    public void modified(ObjectNode before, ObjectNode now) {
      news.add("modified " + Meta.name(now));
    }

    @Override
    public void deleted(ObjectNode object) {
      news.add("deleted " + Meta.name(object));
    }

    @Override
    public void synced() {
      news.add("synced");
    }
  }
}
