package theater.mesh.xds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import theater.kube.fake.FakeKubeApi;
import theater.mesh.discovery.Discovery;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.translation.Translation;

/// A whole mesh of one context: a Kubernetes API, discovery, translation, xDS, four real Envoys and
/// the programs behind them. Started once for all tests of a run; each test applies its own objects
/// and takes them away.
final class TestMesh {
  static {
    // Routes are chosen by Host; before the JDK's client is loaded.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  static final String NETWORK = "127.126.";
  static final String CLIENT = NETWORK + "4";
  static final String USER = NETWORK + "5";
  static final String STRANGER = NETWORK + "7";
  static final String GATEWAY = NETWORK + "8";

  private static TestMesh shared;

  final FakeKubeApi api = new FakeKubeApi();
  final CertificateAuthority authority;
  final XdsServer server;
  final List<RealEnvoy> envoys = new ArrayList<>();
  private final AtomicReference<Long> newest = new AtomicReference<>(0L);
  private final Manifests manifests = new Manifests(api);

  private TestMesh() throws Exception {
    Path folder = Folder.temporary("test-mesh");
    authority = CertificateAuthority.open(folder.resolve("pki"));
    Path socket = folder.resolve("xds.sock");
    server =
        new XdsServer(socket, authority.intermediate("ctx1"), new Translation()::translate).start();
    apply(Files.readString(Path.of("src/test/resources/test-mesh.yaml")));
    manifests.keep();
    Programs.start(authority);
    Discovery discovery =
        new Discovery("ctx1", Map.of("ctx1", api), view -> newest.set(server.update(view)));
    discovery.start();
    for (RealEnvoy.Identity who :
        List.of(
            new RealEnvoy.Identity(
                "sidecar", "shop", "client-1", "client", "{\"app\":\"client\"}", CLIENT + ".1"),
            new RealEnvoy.Identity(
                "sidecar", "shop", "user-1", "user", "{\"app\":\"user\"}", USER + ".1"),
            new RealEnvoy.Identity(
                "sidecar", "other", "stranger-1", "stranger", "{\"app\":\"s\"}", STRANGER + ".1"),
            new RealEnvoy.Identity(
                "router",
                "istio-system",
                "gateway-1",
                "gateway",
                "{\"istio\":\"ingressgateway\"}",
                GATEWAY + ".1"))) {
      envoys.add(new RealEnvoy(folder, socket, who));
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              envoys.forEach(RealEnvoy::close);
              discovery.close();
              server.close();
              Folder.delete(folder);
            }));
  }

  /// The one of this run; it is ready when a call from the client reaches the user's program.
  static synchronized TestMesh shared() throws Exception {
    RealEnvoy.engine();
    if (shared == null) {
      shared = new TestMesh();
    }
    Until.holds("a call passes", () -> Call.from(CLIENT, "/").status() == 200);
    return shared;
  }

  /// Creates or replaces objects, YAML documents; `NAME: |` blocks may hold PEM.
  void apply(String yaml) throws IOException {
    manifests.apply(yaml);
  }

  /// Takes away what was applied since the last time.
  void clear() {
    manifests.clear();
  }

  long refusals() {
    return server.counts().refusals();
  }

  static String json(Object value) {
    try {
      return new ObjectMapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
