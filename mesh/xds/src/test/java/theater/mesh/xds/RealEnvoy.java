package theater.mesh.xds;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A real Envoy, started as docs/contracts.md says.
final class RealEnvoy implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private final Process process;
  private final String podIp;
  private final Path log;

  /// Where an Envoy is.
  record Place(String context, String network, String region) {
    static final Place FIRST = new Place("ctx1", "network1", "r");
  }

  /// Who an Envoy is.
  ///
  /// @param role `sidecar` or `router`
  /// @param labels as JSON
  /// @param mode `sni-dnat` of an east-west gateway, else empty
  record Identity(
      String role,
      String namespace,
      String pod,
      String account,
      String labels,
      String ip,
      Place place,
      String mode) {
    Identity(String role, String namespace, String pod, String account, String labels, String ip) {
      this(role, namespace, pod, account, labels, ip, Place.FIRST, "");
    }
  }

  RealEnvoy(Path folder, Path socket, String pod, String account, String podIp) throws IOException {
    this(
        folder,
        socket,
        new Identity("sidecar", "shop", pod, account, "{\"app\":\"" + account + "\"}", podIp));
  }

  RealEnvoy(Path folder, Path socket, Identity who) throws IOException {
    podIp = who.ip;
    String bootstrap =
        """
        {"node":{"id":"@ROLE~@IP~@POD.@NAMESPACE~@NAMESPACE.svc.cluster.local","cluster":"@POD.@NAMESPACE","locality":{"region":"@REGION"},
          "metadata":{"NAME":"@POD","NAMESPACE":"@NAMESPACE","SERVICE_ACCOUNT":"@ACCOUNT","LABELS":@LABELS,"CLUSTER_ID":"@CONTEXT",
            "NETWORK":"@NETWORK","ROUTER_MODE":"@MODE","APP_ADDRESS":"@APPLICATION","INSTANCE_IPS":"@IP"}},
         "admin":{"address":{"socket_address":{"address":"@IP","port_value":15000}}},
         "dynamic_resources":{
          "ads_config":{"api_type":"DELTA_GRPC","transport_api_version":"V3","set_node_on_first_message_only":true,
           "grpc_services":[{"envoy_grpc":{"cluster_name":"xds","retry_policy":{"retry_back_off":{"base_interval":"0.1s","max_interval":"1s"}}}}]},
          "cds_config":{"ads":{},"resource_api_version":"V3","initial_fetch_timeout":"0s"},
          "lds_config":{"ads":{},"resource_api_version":"V3","initial_fetch_timeout":"0s"}},
         "static_resources":{"clusters":[{"name":"xds","type":"STATIC","connect_timeout":"1s",
          "typed_extension_protocol_options":{"envoy.extensions.upstreams.http.v3.HttpProtocolOptions":{
            "@type":"type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
            "explicit_http_config":{"http2_protocol_options":{"connection_keepalive":{"interval":"30s","timeout":"5s"}}}}},
          "load_assignment":{"cluster_name":"xds","endpoints":[{"lb_endpoints":[{"endpoint":{"address":{"pipe":{"path":"@SOCKET"}}}}]}]}}]}}
        """
            .replace("@APPLICATION", podIp.replaceAll("\\d+$", "2"))
            .replace("@ROLE", who.role)
            .replace("@CONTEXT", who.place.context)
            .replace("@NETWORK", who.place.network)
            .replace("@REGION", who.place.region)
            .replace("@MODE", who.mode)
            .replace("@NAMESPACE", who.namespace)
            .replace("@LABELS", who.labels)
            .replace("@IP", podIp)
            .replace("@POD", who.pod)
            .replace("@ACCOUNT", who.account)
            .replace("@SOCKET", socket.toString());
    log = folder.resolve(who.pod + ".log");
    Path file = Files.writeString(folder.resolve(who.pod + ".json"), bootstrap);
    process =
        new ProcessBuilder(
                engine().toString(),
                "-c",
                file.toString(),
                "--concurrency",
                "1",
                "--disable-hot-restart",
                "-l",
                "warning",
                "--drain-time-s",
                "10",
                "--drain-strategy",
                "immediate")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  static Path engine() {
    String cache =
        System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    String engines = System.getenv().getOrDefault("THEATER_ENGINES", cache + "/theater/engines");
    Path envoy = Path.of(engines, "envoy-1.40.0", "envoy");
    assumeTrue(Files.isExecutable(envoy), "no Envoy at " + envoy + ": ./theater fetches it");
    return envoy;
  }

  boolean ready() throws InterruptedException {
    try {
      return admin("/ready").startsWith("LIVE");
    } catch (IOException e) {
      return false;
    }
  }

  /// The value of a counter or gauge; 0 when there is none of that name.
  long stat(String name) throws IOException, InterruptedException {
    return admin("/stats?filter=%5E" + name.replace(".", "%5C.") + "%24")
        .lines()
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  String admin(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://" + podIp + ":15000" + path);
    return HTTP.send(
            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
            BodyHandlers.ofString())
        .body();
  }

  /// What it wrote to its output.
  String output() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
