package theater.mesh.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import theater.kube.Meta;
import theater.mesh.view.MeshContext;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;

/// Kubernetes Services of one context → Services, and what they tell about the context itself.
final class ContextServices {
  private static final String ROOT = "istio-system";
  private static final String EAST_WEST = "istio-eastwestgateway";
  private static final int EAST_WEST_PORT = 15443;

  private ContextServices() {}

  static Service service(String context, JsonNode object) {
    JsonNode spec = object.path("spec");
    List<ServicePort> ports = new ArrayList<>();
    for (JsonNode port : spec.path("ports")) {
      // UDP never passes a proxy.
      if (port.path("protocol").asText("TCP").equals("TCP")) {
        int number = port.path("port").asInt();
        ports.add(
            new ServicePort(
                port.path("name").asText(""),
                number,
                port.path("targetPort").asText(Integer.toString(number)),
                port.path("appProtocol").asText("")));
      }
    }
    return new Service(
        context,
        Meta.namespace(object),
        Meta.name(object),
        spec.path("clusterIP").asText("None"),
        externalAddresses(object),
        Meta.labels(object),
        Meta.texts(spec.path("selector")),
        ports);
  }

  /// The context, from the label on its root namespace and the Service of its east-west gateway.
  static MeshContext context(String name, ContextObjects objects) {
    String network =
        objects.namespaces().stream()
            .filter(namespace -> Meta.name(namespace).equals(ROOT))
            .map(namespace -> Meta.labels(namespace).getOrDefault("topology.istio.io/network", ""))
            .findFirst()
            .orElse("");
    JsonNode gateway =
        objects.services().stream()
            .filter(service -> Meta.key(service).equals(ROOT + "/" + EAST_WEST))
            .findFirst()
            .orElse(null);
    List<String> addresses = gateway == null ? List.of() : externalAddresses(gateway);
    return addresses.isEmpty()
        ? new MeshContext(name, network, "", EAST_WEST_PORT)
        : new MeshContext(name, network, addresses.getFirst(), port(gateway));
  }

  private static int port(JsonNode gateway) {
    for (JsonNode port : gateway.path("spec").path("ports")) {
      if (port.path("name").asText().equals("tls") || port.path("port").asInt() == EAST_WEST_PORT) {
        return port.path("port").asInt();
      }
    }
    return EAST_WEST_PORT;
  }

  private static List<String> externalAddresses(JsonNode service) {
    List<String> addresses = new ArrayList<>();
    service.path("spec").path("externalIPs").forEach(ip -> addresses.add(ip.asText()));
    for (JsonNode ingress : service.path("status").path("loadBalancer").path("ingress")) {
      String ip = ingress.path("ip").asText("");
      if (!ip.isEmpty() && !addresses.contains(ip)) {
        addresses.add(ip);
      }
    }
    return addresses;
  }
}
