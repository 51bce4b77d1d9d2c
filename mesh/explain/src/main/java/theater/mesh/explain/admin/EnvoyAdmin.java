package theater.mesh.explain.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.explain.walk.EnvoyHosts;
import theater.mesh.view.Proxy;

/// Health of endpoints as the Envoy beside a pod sees it: `http://POD_IP:15000/clusters`.
public final class EnvoyAdmin implements EnvoyHosts {
  private static final Logger LOG = System.getLogger(EnvoyAdmin.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final List<String> BAD =
      List.of(
          "failed_outlier_check",
          "failed_active_health_check",
          "failed_active_degraded_check",
          "pending_dynamic_removal",
          "pending_active_hc");

  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  /// @param port of the admin interface at the pod's address
  public EnvoyAdmin(int port) {
    this.port = port;
  }

  @Override
  public Map<String, Health> of(Proxy proxy, String cluster) {
    Map<String, Health> result = new HashMap<>();
    for (JsonNode status : clusters(proxy).path("cluster_statuses")) {
      if (status.path("name").asText().equals(cluster)) {
        for (JsonNode host : status.path("host_statuses")) {
          JsonNode socket = host.path("address").path("socket_address");
          result.put(
              socket.path("address").asText() + ":" + socket.path("port_value").asText(),
              health(host.path("health_status")));
        }
      }
    }
    return result;
  }

  private static Health health(JsonNode status) {
    List<String> flags = new ArrayList<>();
    BAD.stream().filter(flag -> status.path(flag).asBoolean()).forEach(flags::add);
    String eds = status.path("eds_health_status").asText("HEALTHY");
    if (!List.of("HEALTHY", "UNKNOWN").contains(eds)) {
      flags.add("eds " + eds);
    }
    return new Health(status.path("failed_outlier_check").asBoolean(), String.join(", ", flags));
  }

  /// A busy or ended Envoy tells nothing: then its endpoints count as it was sent them.
  private JsonNode clusters(Proxy proxy) {
    URI uri = URI.create("http://" + proxy.workload().ip() + ":" + port + "/clusters?format=json");
    try {
      return JSON.readTree(
          client
              .send(HttpRequest.newBuilder(uri).timeout(LIMIT).build(), BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "{0} does not answer: {1}", uri, e.getMessage());
      return JSON.createObjectNode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return JSON.createObjectNode();
    }
  }
}
