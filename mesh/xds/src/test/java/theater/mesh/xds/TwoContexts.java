package theater.mesh.xds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import theater.kube.fake.FakeKubeApi;
import theater.mesh.discovery.Discovery;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.translation.Translation;

/// A mesh of two contexts on two networks in two regions: a client and a user in ctx1, a user in
/// ctx2 behind an east-west gateway, each with a real Envoy. Started once for all tests of a run.
final class TwoContexts {
  static {
    // Routes are chosen by Host; before the JDK's client is loaded.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  static final String LOCAL = "127.123";
  static final String REMOTE = "127.124";

  /// ctx2's endpoint of `user` as the client's Envoy has it.
  static final String REMOTE_GATEWAY = REMOTE + ".9.1:15443";

  private static final String CLUSTER = "outbound|8081||user.shop.svc.cluster.local";
  private static TwoContexts shared;

  final Context first;
  final Context second;
  final RealEnvoy client;
  private RealEnvoy gateway;

  private TwoContexts() throws Exception {
    Path folder = Folder.temporary("two-contexts");
    CertificateAuthority authority = CertificateAuthority.open(folder.resolve("pki"));
    FakeKubeApi one = new FakeKubeApi();
    FakeKubeApi two = new FakeKubeApi();
    Map<String, FakeKubeApi> both = Map.of("ctx1", one, "ctx2", two);
    first =
        new Context(
            new RealEnvoy.Place("ctx1", "network1", "ncp-kr"), LOCAL, folder, authority, both);
    second =
        new Context(
            new RealEnvoy.Place("ctx2", "network2", "nhn-kr"), REMOTE, folder, authority, both);
    client = first.sidecar("client", "4");
    RealEnvoy localUser = first.sidecar("user", "5");
    RealEnvoy remoteUser = second.sidecar("user", "5");
    gateway = second.eastWestGateway();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              client.close();
              localUser.close();
              remoteUser.close();
              gateway.close();
              first.close();
              second.close();
              Folder.delete(folder);
            }));
  }

  /// The one of this run, without rules and with everybody well.
  static synchronized TwoContexts shared() throws Exception {
    RealEnvoy.engine();
    if (shared == null) {
      shared = new TwoContexts();
    }
    return shared;
  }

  /// A call of the client's program to `user`.
  Call call() throws IOException, InterruptedException {
    return Call.from(LOCAL + ".4", "/");
  }

  /// Whether the client's Envoy has a breaker for `user`.
  boolean breaker() throws IOException, InterruptedException {
    return client.admin("/clusters").contains(CLUSTER + "::outlier::");
  }

  /// Whether the client's Envoy leaves an endpoint of `user` out.
  boolean ejected(String endpoint) throws IOException, InterruptedException {
    return client
        .admin("/clusters")
        .contains(CLUSTER + "::" + endpoint + "::health_flags::/failed_outlier_check");
  }

  /// A counter of the client's Envoy for `user`.
  long stat(String name) throws IOException, InterruptedException {
    return client.stat("cluster." + CLUSTER.replace("|", "%5C%7C") + "." + name);
  }

  /// Bytes of answers that ctx2's gateway got from its user.
  long passedOn() throws IOException, InterruptedException {
    return gateway.stat(
        "cluster.outbound_.8081_._.user.shop.svc.cluster.local.upstream_cx_rx_bytes_total");
  }

  void endGateway() {
    gateway.close();
  }

  /// In place of the one that ended, as the same pod.
  void startGateway() throws IOException {
    gateway = second.eastWestGateway();
  }

  /// Takes the rules away, heals and starts what a test broke.
  void restore(boolean gatewayEnded) throws Exception {
    first.user.status(200);
    second.user.status(200);
    first.manifests.clear();
    if (gatewayEnded) {
      startGateway();
    }
    Until.holds("no breaker is left", () -> !breaker());
  }

  /// One context: its Kubernetes API, control plane and user.
  static final class Context implements AutoCloseable {
    final UserProgram user;
    final Manifests manifests;
    final XdsServer server;
    private final Discovery discovery;
    private final RealEnvoy.Place place;
    private final String prefix;
    private final Path folder;
    private final Path socket;

    Context(
        RealEnvoy.Place place,
        String prefix,
        Path parent,
        CertificateAuthority authority,
        Map<String, FakeKubeApi> contexts)
        throws Exception {
      this.place = place;
      this.prefix = prefix;
      folder = Files.createDirectory(parent.resolve(place.context()));
      socket = folder.resolve("xds.sock");
      manifests = new Manifests(contexts.get(place.context()));
      manifests.apply(
          Files.readString(Path.of("src/test/resources/two-contexts.yaml"))
              .replace("@PREFIX", prefix)
              .replace("@NETWORK", place.network())
              .replace("@REGION", place.region()));
      manifests.keep();
      user = new UserProgram(place.context(), prefix + ".5.2");
      server =
          new XdsServer(
                  socket, authority.intermediate(place.context()), new Translation()::translate)
              .start();
      discovery = new Discovery(place.context(), Map.copyOf(contexts), server::update);
      discovery.start();
    }

    RealEnvoy sidecar(String app, String pod) throws IOException {
      return envoy("sidecar", "shop", app, pod, "{\"app\":\"" + app + "\"}", "");
    }

    RealEnvoy eastWestGateway() throws IOException {
      return envoy(
          "router", "istio-system", "gateway", "9", "{\"istio\":\"eastwestgateway\"}", "sni-dnat");
    }

    private RealEnvoy envoy(
        String role, String namespace, String account, String pod, String labels, String mode)
        throws IOException {
      return new RealEnvoy(
          folder,
          socket,
          new RealEnvoy.Identity(
              role,
              namespace,
              account + "-1",
              account,
              labels,
              prefix + "." + pod + ".1",
              place,
              mode));
    }

    @Override
    public void close() {
      discovery.close();
      server.close();
    }
  }
}
