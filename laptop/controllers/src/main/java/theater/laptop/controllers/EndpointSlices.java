package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.kube.Meta;

/// A Service and its pods → the `ports` and `endpoints` of its EndpointSlices (Kubernetes:
/// EndpointSlice). Pure.
final class EndpointSlices {
  /// One slice's content.
  record Content(ArrayNode ports, ArrayNode endpoints) {}

  private EndpointSlices() {}

  /// One content per set of port numbers; normally one. Never none: a Service without pods has an
  /// empty slice.
  ///
  /// @param zones zone by node name
  static List<Content> of(
      JsonNode service, List<? extends JsonNode> pods, Map<String, String> zones) {
    Map<ArrayNode, ArrayNode> byPorts = new LinkedHashMap<>();
    List<JsonNode> sorted = new ArrayList<>(pods);
    sorted.sort(Comparator.comparing(pod -> Meta.name(pod)));
    boolean always = service.path("spec").path("publishNotReadyAddresses").asBoolean();
    for (JsonNode pod : sorted) {
      String podIp = pod.path("status").path("podIP").asText("");
      if (podIp.isEmpty() || Pods.ended(pod)) {
        continue;
      }
      byPorts
          .computeIfAbsent(ports(service, pod), ports -> JsonNodeFactory.instance.arrayNode())
          .add(endpoint(pod, podIp, always, zones));
    }
    List<Content> contents = new ArrayList<>();
    byPorts.forEach((ports, endpoints) -> contents.add(new Content(ports, endpoints)));
    if (contents.isEmpty()) {
      contents.add(
          new Content(JsonNodeFactory.instance.arrayNode(), JsonNodeFactory.instance.arrayNode()));
    }
    return contents;
  }

  private static ObjectNode endpoint(
      JsonNode pod, String podIp, boolean always, Map<String, String> zones) {
    boolean deleting = Meta.deleting(pod);
    boolean serving = Pods.ready(pod);
    ObjectNode endpoint = JsonNodeFactory.instance.objectNode();
    endpoint.putArray("addresses").add(podIp);
    endpoint
        .putObject("conditions")
        .put("ready", always || (serving && !deleting))
        .put("serving", serving)
        .put("terminating", deleting);
    String hostname = pod.path("spec").path("hostname").asText("");
    if (!hostname.isEmpty()) {
      endpoint.put("hostname", hostname);
    }
    String node = pod.path("spec").path("nodeName").asText("");
    endpoint.put("nodeName", node);
    ObjectNode target =
        endpoint.putObject("targetRef").put("kind", "Pod").put("namespace", Meta.namespace(pod));
    target.put("name", Meta.name(pod)).put("uid", Meta.uid(pod));
    if (zones.containsKey(node)) {
      endpoint.put("zone", zones.get(node));
    }
    return endpoint;
  }

  /// A named target port that the pod does not have is left out, as in Kubernetes.
  private static ArrayNode ports(JsonNode service, JsonNode pod) {
    ArrayNode ports = JsonNodeFactory.instance.arrayNode();
    for (JsonNode port : service.path("spec").path("ports")) {
      int number = target(port, pod);
      if (number > 0) {
        ObjectNode each = ports.addObject().put("name", port.path("name").asText(""));
        each.put("protocol", port.path("protocol").asText("TCP")).put("port", number);
        if (port.hasNonNull("appProtocol")) {
          each.set("appProtocol", port.path("appProtocol"));
        }
      }
    }
    return ports;
  }

  private static int target(JsonNode port, JsonNode pod) {
    JsonNode target = port.path("targetPort");
    if (target.isTextual() && !target.asText().matches("\\d+")) {
      for (JsonNode container : pod.path("spec").path("containers")) {
        for (JsonNode declared : container.path("ports")) {
          if (declared.path("name").asText().equals(target.asText())
              && declared
                  .path("protocol")
                  .asText("TCP")
                  .equals(port.path("protocol").asText("TCP"))) {
            return declared.path("containerPort").asInt();
          }
        }
      }
      return 0;
    }
    int number = target.isTextual() ? Integer.parseInt(target.asText()) : target.asInt(0);
    return number == 0 ? port.path("port").asInt() : number;
  }
}
