package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import theater.kube.Meta;
import theater.laptop.plan.AddressPlan;

/// The variables that tell a container of the Services of its namespace,
/// `USER_SERVICE_SERVICE_HOST` and Docker's `USER_SERVICE_PORT_8081_TCP` (Kubernetes:
/// PodSpec.enableServiceLinks). Like names, they lead to the pod's own sidecar. Pure.
final class ServiceLinks {
  private ServiceLinks() {}

  static Map<String, String> of(PodPlace place, Iterable<? extends JsonNode> services) {
    Map<String, String> env = new TreeMap<>();
    if (!place.pod().path("spec").path("enableServiceLinks").asBoolean(true)) {
      return env;
    }
    for (JsonNode service : services) {
      String clusterIp = service.path("spec").path("clusterIP").asText("");
      JsonNode ports = service.path("spec").path("ports");
      if (Meta.namespace(service).equals(Meta.namespace(place.pod()))
          && NamesFile.ofTheMesh(clusterIp)
          && !ports.isEmpty()) {
        links(word(Meta.name(service)), AddressPlan.outbound(place.podIp(), clusterIp), ports, env);
      }
    }
    return env;
  }

  private static void links(String name, String host, JsonNode ports, Map<String, String> env) {
    env.put(name + "_SERVICE_HOST", host);
    env.put(name + "_SERVICE_PORT", ports.path(0).path("port").asText());
    env.put(name + "_PORT", address(ports.path(0), host));
    for (JsonNode port : ports) {
      String number = port.path("port").asText();
      String portName = port.path("name").asText("");
      if (!portName.isEmpty()) {
        env.put(name + "_SERVICE_PORT_" + word(portName), number);
      }
      String link = name + "_PORT_" + number + "_" + protocol(port);
      env.put(link, address(port, host));
      env.put(link + "_PROTO", protocol(port).toLowerCase(Locale.ROOT));
      env.put(link + "_PORT", number);
      env.put(link + "_ADDR", host);
    }
  }

  private static String address(JsonNode port, String host) {
    return protocol(port).toLowerCase(Locale.ROOT)
        + "://"
        + host
        + ":"
        + port.path("port").asText();
  }

  private static String protocol(JsonNode port) {
    return port.path("protocol").asText("TCP").toUpperCase(Locale.ROOT);
  }

  private static String word(String name) {
    return name.replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
