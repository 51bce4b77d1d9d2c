package theater.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import theater.mesh.view.Workload;

/// A real Envoy as the sidecar of the first service of a [LargeMesh]. Its admin takes any free
/// port.
final class LargeMeshEnvoy {
  private LargeMeshEnvoy() {}

  static Process start(Path folder, Path socket) throws IOException {
    Workload pod = LargeMesh.pod("ctx1", 0);
    String bootstrap =
        """
        {"node":{"id":"sidecar~@IP~@POD.@NS~cluster.local","cluster":"large","locality":{"region":"ctx1","zone":"a"},
          "metadata":{"NAME":"@POD","NAMESPACE":"@NS","SERVICE_ACCOUNT":"@ACCOUNT","LABELS":{"app":"@ACCOUNT","cluster":"ctx1"},
            "CLUSTER_ID":"ctx1","NETWORK":"network1","INSTANCE_IPS":"@IP","INTERCEPTION_MODE":"REDIRECT"}},
         "admin":{"address":{"socket_address":{"address":"127.0.0.1","port_value":0}}},
         "dynamic_resources":{
          "ads_config":{"api_type":"DELTA_GRPC","transport_api_version":"V3","set_node_on_first_message_only":true,
           "grpc_services":[{"envoy_grpc":{"cluster_name":"xds"}}]},
          "cds_config":{"ads":{},"resource_api_version":"V3","initial_fetch_timeout":"0s"},
          "lds_config":{"ads":{},"resource_api_version":"V3","initial_fetch_timeout":"0s"}},
         "static_resources":{"clusters":[{"name":"xds","type":"STATIC","connect_timeout":"1s",
          "typed_extension_protocol_options":{"envoy.extensions.upstreams.http.v3.HttpProtocolOptions":{
            "@type":"type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
            "explicit_http_config":{"http2_protocol_options":{}}}},
          "load_assignment":{"cluster_name":"xds","endpoints":[{"lb_endpoints":[{"endpoint":{"address":{"pipe":{"path":"@SOCKET"}}}}]}]}}]}}
        """
            .replace("@IP", pod.ip())
            .replace("@POD", pod.name())
            .replace("@NS", pod.namespace())
            .replace("@ACCOUNT", pod.serviceAccount())
            .replace("@SOCKET", socket.toString());
    Path file = Files.writeString(folder.resolve("envoy.json"), bootstrap);
    return new ProcessBuilder(
            GatewayCost.engine(),
            "-c",
            file.toString(),
            "--concurrency",
            "1",
            "--disable-hot-restart",
            "-l",
            "warning")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("envoy.log").toFile())
        .start();
  }
}
