package theater.laptop.api.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import theater.laptop.api.json.Json;
import theater.laptop.plan.AddressPlan;

/// What `localhost:PORT` inside a pod is: ports 15000 to 15099 are its sidecar's, the others its
/// application's. A gateway's ports may have addresses of their own.
final class PodPorts {
  private static final String PROXY = "istio-proxy";
  private static final String LISTEN = "theater.dev/listen";

  private PodPorts() {}

  static InetSocketAddress of(JsonNode pod, int port) {
    for (String entry : Json.text(pod, "metadata", "annotations", LISTEN).split("[,\\s]+")) {
      int colon = entry.lastIndexOf(':');
      if (entry.startsWith(port + "=") && colon > 0) {
        return new InetSocketAddress(
            entry.substring(entry.indexOf('=') + 1, colon),
            Integer.parseInt(entry.substring(colon + 1)));
      }
    }
    String podIp = Json.text(pod, "status", "podIP");
    boolean proxy = false;
    JsonNode containers = pod.path("spec").path("containers");
    for (JsonNode container : containers) {
      proxy |= Json.text(container, "name").equals(PROXY);
    }
    boolean application = proxy && containers.size() > 1 && port / 100 != 150;
    return new InetSocketAddress(application ? AddressPlan.application(podIp) : podIp, port);
  }
}
