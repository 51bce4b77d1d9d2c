package theater.mesh.istiod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.admin.v3.ClustersConfigDump;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.status.v3.ClientConfig;
import io.envoyproxy.envoy.service.status.v3.ConfigStatus;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.xds.ResourceKind;

/// Real TLS and gRPC over real Unix sockets, as istioctl speaks.
class IstiodServerTest {
  private static final String TOKEN = "good";
  private final ProxyLedger ledger = Connections.synced();
  @TempDir private Path folder;
  private IstiodServer server;
  private IstioctlStream client;

  @BeforeEach
  void start() throws Exception {
    server =
        new IstiodServer(
            folder.resolve("xds"),
            folder.resolve("http"),
            CertificateAuthority.open(folder.resolve("pki")).server(List.of("istiod")),
            ledger,
            TOKEN::equals,
            () -> "istiod-abc");
    client = new IstioctlStream(folder.resolve("xds"));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static DiscoveryRequest request(String type, String... names) {
    return DiscoveryRequest.newBuilder()
        .setTypeUrl(type)
        .addAllResourceNames(List.of(names))
        .build();
  }

  @Test
  void synczNamesEveryProxyAndThisControlPlane() throws Exception {
    DiscoveryResponse response = client.ask(TOKEN, request("istio.io/debug/syncz"));
    ClientConfig config = response.getResources(0).unpack(ClientConfig.class);
    assertThat(config.getNode().getId()).isEqualTo("user-1.theater-msa");
    assertThat(config.getGenericXdsConfigs(0).getConfigStatus()).isEqualTo(ConfigStatus.SYNCED);
    assertThat(response.getControlPlane().getIdentifier()).contains("\"ID\":\"istiod-abc\"");
  }

  @Test
  void aRefusalIsAnErrorWithItsText() throws Exception {
    ledger.sent(Connections.ID, ResourceKind.ROUTE, "2", List.of(), List.of());
    ledger.answered(Connections.ID, ResourceKind.ROUTE, "2", "bad regex");
    DiscoveryResponse response = client.ask(TOKEN, request("istio.io/debug/syncz"));
    ClientConfig config = response.getResources(0).unpack(ClientConfig.class);
    assertThat(config.getGenericXdsConfigsList())
        .anySatisfy(one -> assertThat(one.getErrorState().getDetails()).isEqualTo("bad regex"));
  }

  @Test
  void configDumpIsOfOneProxy() throws Exception {
    DiscoveryRequest request = request("istio.io/debug/config_dump", Connections.NAME);
    ClustersConfigDump dump =
        client.ask(TOKEN, request).getResources(0).unpack(ClustersConfigDump.class);
    assertThat(dump.getDynamicActiveClustersCount()).isEqualTo(2);
  }

  @Test
  void aForgedTokenIsRefused() {
    assertThatThrownBy(() -> client.ask("forged", request("istio.io/debug/syncz")))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("UNAUTHENTICATED");
  }

  @Test
  void anEnvoysTypesAreRefusedWithAReason() {
    String type = "type.googleapis.com/envoy.config.cluster.v3.Cluster";
    assertThatThrownBy(() -> client.ask(TOKEN, request(type)))
        .hasMessageContaining("this port serves");
  }

  @Test
  void pagesAreServedOverHttp() throws Exception {
    assertThat(get("GET //version HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK")
        .endsWith(Release.line());
    assertThat(get("POST /version HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 405");
  }

  @Test
  void headersWithoutEndAreRefused() throws Exception {
    assertThat(get("GET / HTTP/1.1\r\n" + "x".repeat((1 << 14) - 16))).startsWith("HTTP/1.1 400");
  }

  private String get(String request) throws Exception {
    try (SocketChannel socket =
        SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("http")))) {
      OutputStream out = Channels.newOutputStream(socket);
      InputStream in = Channels.newInputStream(socket);
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
