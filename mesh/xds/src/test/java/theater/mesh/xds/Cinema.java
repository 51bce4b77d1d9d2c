package theater.mesh.xds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshContext;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.MeshView;
import theater.mesh.view.Namespace;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;
import theater.mesh.view.Workload;

/// A small world: `user` with a pod behind a sidecar (v1) and one without (v2).
final class Cinema {
  static final String CALLER = "127.122.4.1";
  static final String BEHIND_SIDECAR = "127.122.5.1";
  static final String PLAIN = "127.122.6.1";
  static final String OUTBOUND = "127.122.4.10";
  static final int PORT = 8081;

  private Cinema() {}

  /// @param first share of v1
  /// @param consecutive5xx outlier detection
  /// @param tls `ISTIO_MUTUAL` or `DISABLE` towards v1
  static MeshView view(int first, int consecutive5xx, String tls) {
    String rule =
        """
        {"hosts":["user"],"http":[{"route":[
          {"destination":{"host":"user","subset":"v1"},"weight":%d},{"destination":{"host":"user","subset":"v2"},"weight":%d}]}]}
        """
            .formatted(first, 100 - first);
    String policy =
        """
        {"host":"user","trafficPolicy":{"outlierDetection":{"consecutive5xxErrors":%d,"interval":"1s"}},
         "subsets":[{"name":"v1","labels":{"version":"v1"},"trafficPolicy":{"tls":{"mode":"%s"}}},{"name":"v2","labels":{"version":"v2"}}]}
        """
            .formatted(consecutive5xx, tls);
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(endpoint(BEHIND_SIDECAR, "user-v1", "v1", true));
    endpoints.add(endpoint(PLAIN, "user-v2", "v2", false));
    return new MeshView(
        "ctx1",
        MeshSettings.DEFAULT,
        List.of(new MeshContext("ctx1", "network1", "", 15443)),
        List.of(new Namespace("shop", Map.of())),
        List.of(
            new Service(
                "ctx1",
                "shop",
                "user",
                "127.122.0.10",
                List.of(),
                Map.of(),
                Map.of("app", "user"),
                List.of(new ServicePort("http-web", PORT, "" + PORT, "")))),
        endpoints,
        List.of(
            config("VirtualService", "user-vs", rule),
            config("DestinationRule", "user-dr", policy)));
  }

  private static Endpoint endpoint(String ip, String pod, String release, boolean sidecar) {
    Workload workload =
        new Workload(
            "ctx1",
            "shop",
            pod,
            ip,
            "user",
            Map.of("app", "user", "version", release),
            sidecar,
            "r",
            "z");
    return new Endpoint("ctx1", "shop", "user", "http-web", ip, PORT, true, workload);
  }

  private static ConfigObject config(String kind, String name, String spec) {
    try {
      return new ConfigObject(
          "networking.istio.io/v1",
          kind,
          "shop",
          name,
          Instant.EPOCH,
          Map.of(),
          Map.of(),
          new ObjectMapper().readTree(spec));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(spec, e);
    }
  }
}
