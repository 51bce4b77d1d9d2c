package theater.mesh.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.identity.WorkloadAuthority;
import theater.mesh.translation.Translation;
import theater.mesh.view.MeshView;

/// Two real Envoys, a caller's and a server's, behind the real translation.
class RealEnvoyTest {
  static {
    // Routes are chosen by Host; before the JDK's client is loaded.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  private static final Duration LONG = Duration.ofSeconds(30);
  @TempDir Path folder;
  private final List<AutoCloseable> running = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private WorkloadAuthority authority;
  private XdsServer server;
  private RealEnvoy caller;
  private RealEnvoy callee;

  @BeforeEach
  void start() throws Exception {
    RealEnvoy.engine();
    authority = CertificateAuthority.open(folder.resolve("pki")).intermediate("ctx1");
    server = newServer();
    application("127.122.5.2", "v1");
    application(Cinema.PLAIN, "v2");
    callee = envoy("user-v1", "user", Cinema.BEHIND_SIDECAR);
    caller = envoy("caller", "caller", Cinema.CALLER);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : running) {
      each.close();
    }
    server.close();
    client.close();
  }

  @Test
  void weightsPoliciesAndMutualTlsChangeWithoutAFailedRequest() throws Exception {
    Until.holds("both Envoys wait for the first view", () -> server.connected().size() == 2);
    push(Cinema.view(100, 2, "ISTIO_MUTUAL"));
    Until.holds("the first answer", () -> Calls.once(client).equals("v1"));

    try (Calls calls = new Calls().start()) {
      List<Long> delays = new ArrayList<>();
      for (int round = 0; round < 10; round++) {
        int share = round % 2 == 0 ? 0 : 100;
        String expected = share == 0 ? "v2" : "v1";
        long pushed = System.nanoTime();
        long number = server.update(Cinema.view(share, 2, "ISTIO_MUTUAL"));
        Until.holds(expected + " answers", () -> Calls.once(client).equals(expected));
        delays.add((System.nanoTime() - pushed) / 1_000);
        assertThat(server.await(number, LONG)).isTrue();
      }
      System.out.println(
          "update → first answer under the new weights, µs: " + delays.stream().sorted().toList());
      for (int round = 0; round < 4; round++) {
        push(Cinema.view(50, 3 + round, round % 2 == 0 ? "DISABLE" : "ISTIO_MUTUAL"));
        int before = calls.total();
        Until.holds(
            "traffic goes on", () -> calls.total() > before + 20 || !calls.failures().isEmpty());
        Until.holds(
            "nothing is warming", () -> caller.stat("cluster_manager.warming_clusters") == 0);
      }
      assertThat(calls.failures()).isEmpty();
      assertThat(calls.total()).isGreaterThan(100);
    }
    assertThat(server.acknowledged()).isNotEmpty().noneMatch(Acknowledgement::refused);
    assertThat(server.counts().refusals()).isZero();
  }

  @Test
  void aServerThatComesBackSendsOnlyWhatIsNew() throws Exception {
    push(Cinema.view(50, 2, "ISTIO_MUTUAL"));
    // Both subsets: the second one's Envoy must have its listeners before the server goes.
    Until.holds("traffic", () -> twentyAnswers().equals(Set.of("v1", "v2")));
    long updates = caller.stat("cluster_manager.cds.update_success");
    try (Calls calls = new Calls().start()) {
      server.close();
      int before = calls.total();
      Until.holds("traffic goes on without a server", () -> calls.total() > before + 50);
      server = newServer();
      push(Cinema.view(0, 2, "ISTIO_MUTUAL"));
      Until.holds("both are back", () -> server.connected().size() == 2);
      Until.holds("the new rule acts", () -> tenAnswersAre("v2"));
      assertThat(calls.failures()).isEmpty();
    }
    assertThat(caller.stat("cluster_manager.cds.update_success"))
        .as("clusters are as they were")
        .isEqualTo(updates);
    assertThat(caller.stat("cluster_manager.warming_clusters")).isZero();
  }

  private boolean tenAnswersAre(String expected) throws Exception {
    for (int i = 0; i < 10; i++) {
      if (!Calls.once(client).equals(expected)) {
        return false;
      }
    }
    return true;
  }

  private Set<String> twentyAnswers() throws Exception {
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      answers.add(Calls.once(client));
    }
    return answers;
  }

  private void push(MeshView view) throws Exception {
    assertThat(server.await(server.update(view), LONG)).as("every Envoy took the view").isTrue();
  }

  private XdsServer newServer() {
    return new XdsServer(folder.resolve("xds.sock"), authority, new Translation()::translate)
        .start();
  }

  private RealEnvoy envoy(String pod, String account, String ip) throws Exception {
    RealEnvoy envoy = new RealEnvoy(folder, folder.resolve("xds.sock"), pod, account, ip);
    running.addFirst(envoy);
    return envoy;
  }

  private void application(String address, String answer) throws IOException {
    HttpServer application = HttpServer.create(new InetSocketAddress(address, Cinema.PORT), 0);
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    application.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    application.start();
    running.add(() -> application.stop(0));
  }
}
