package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import theater.kube.Canonical;
import theater.kube.KubeApi;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// Keeps the Endpoints of every Service that selects pods, the older form of its EndpointSlices.
/// Nothing here reads them; `kubectl get endpoints` shows them.
final class EndpointsController implements WorkQueue.Reconciler {
  static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
  private static final String CONTROLLER = "endpoint-controller";
  private final KubeApi api;

  EndpointsController(KubeApi api) {
    this.api = api;
  }

  @Override
  public Duration reconcile(WorkQueue.Key key) {
    ObjectNode service = Found.get(api, ResourceTypes.SERVICE, key).orElse(null);
    ObjectNode present = Found.get(api, ResourceTypes.ENDPOINTS, key).orElse(null);
    if (service == null) {
      if (present != null) {
        Found.delete(api, ResourceTypes.ENDPOINTS, present);
      }
      return null;
    }
    Map<String, String> selector = Meta.texts(service.path("spec").path("selector"));
    if (selector.isEmpty() || Meta.deleting(service)) {
      return null;
    }
    write(service, present, subsets(service, Pods.selected(api, key.namespace(), selector)));
    return null;
  }

  private void write(ObjectNode service, ObjectNode present, ArrayNode subsets) {
    ObjectNode wanted = endpoints(service, subsets);
    if (present == null) {
      api.create(ResourceTypes.ENDPOINTS, wanted);
    } else if (!Canonical.equal(present.path("subsets"), subsets)
            && !(present.path("subsets").isEmpty() && subsets.isEmpty())
        || !Meta.labels(present).equals(Meta.labels(wanted))) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      ObjectNode labels = patch.putObject("metadata").putObject("labels");
      Meta.labels(present).keySet().forEach(labels::putNull);
      Meta.labels(wanted).forEach(labels::put);
      patch.set("subsets", subsets);
      api.mergePatch(
          ResourceTypes.ENDPOINTS, Meta.namespace(present), Meta.name(present), null, patch);
    }
  }

  /// One for each set of ports, as the slices; pods that end are in none.
  static ArrayNode subsets(JsonNode service, List<? extends JsonNode> pods) {
    boolean always = service.path("spec").path("publishNotReadyAddresses").asBoolean();
    ArrayNode subsets = JsonNodeFactory.instance.arrayNode();
    List<? extends JsonNode> staying =
        pods.stream().filter(pod -> always || !Meta.deleting(pod)).toList();
    for (EndpointSlices.Content content : EndpointSlices.of(service, staying, Map.of())) {
      ArrayNode ready = JsonNodeFactory.instance.arrayNode();
      ArrayNode unready = JsonNodeFactory.instance.arrayNode();
      for (JsonNode endpoint : content.endpoints()) {
        (endpoint.path("conditions").path("ready").asBoolean() ? ready : unready)
            .add(address(endpoint));
      }
      if (!ready.isEmpty() || !unready.isEmpty()) {
        ObjectNode subset = subsets.addObject();
        if (!ready.isEmpty()) {
          subset.set("addresses", ready);
        }
        if (!unready.isEmpty()) {
          subset.set("notReadyAddresses", unready);
        }
        ArrayNode ports = subset.putArray("ports");
        content.ports().forEach(port -> ports.add(port(port)));
      }
    }
    return subsets;
  }

  private static ObjectNode address(JsonNode endpoint) {
    ObjectNode address = JsonNodeFactory.instance.objectNode();
    address.set("ip", endpoint.path("addresses").path(0));
    for (String field : List.of("hostname", "nodeName", "targetRef")) {
      if (endpoint.has(field)) {
        address.set(field, endpoint.get(field));
      }
    }
    return address;
  }

  /// A port without a name has no field for it.
  private static ObjectNode port(JsonNode port) {
    ObjectNode copy = port.deepCopy();
    if (copy.path("name").asText().isEmpty()) {
      copy.remove("name");
    }
    return copy;
  }

  private static ObjectNode endpoints(ObjectNode service, ArrayNode subsets) {
    ObjectNode endpoints =
        JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Endpoints");
    ObjectNode metadata =
        endpoints
            .putObject("metadata")
            .put("name", Meta.name(service))
            .put("namespace", Meta.namespace(service));
    ObjectNode labels = metadata.putObject("labels");
    Meta.labels(service).forEach(labels::put);
    labels.put(MANAGED_BY, CONTROLLER);
    if (service.path("spec").path("clusterIP").asText().equals("None")) {
      labels.put("service.kubernetes.io/headless", "");
    }
    endpoints.set("subsets", subsets);
    return endpoints;
  }
}
