package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import theater.kube.Canonical;
import theater.kube.KubeApi;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// Keeps the EndpointSlices of every Service that selects pods.
final class EndpointSliceController implements WorkQueue.Reconciler {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final String CONTROLLER = "endpointslice-controller.k8s.io";
  private final KubeApi api;

  EndpointSliceController(KubeApi api) {
    this.api = api;
  }

  @Override
  public Duration reconcile(WorkQueue.Key key) {
    ObjectNode service = Found.get(api, ResourceTypes.SERVICE, key).orElse(null);
    List<ObjectNode> present = new ArrayList<>();
    for (ObjectNode slice :
        api.list(ResourceTypes.ENDPOINT_SLICE, key.namespace(), SERVICE_NAME + "=" + key.name())
            .items()) {
      if (Meta.labels(slice).getOrDefault(MANAGED_BY, "").equals(CONTROLLER)
          && !Meta.deleting(slice)) {
        present.add(slice);
      }
    }
    Map<String, String> selector =
        service == null ? Map.of() : Meta.texts(service.path("spec").path("selector"));
    List<EndpointSlices.Content> wanted = List.of();
    if (service != null
        && !Meta.deleting(service)
        && !selector.isEmpty()
        && !service.path("spec").path("type").asText().equals("ExternalName")) {
      wanted = EndpointSlices.of(service, Pods.selected(api, key.namespace(), selector), zones());
    }
    for (EndpointSlices.Content content : wanted) {
      write(service, content, present);
    }
    present.forEach(slice -> Found.delete(api, ResourceTypes.ENDPOINT_SLICE, slice));
    return null;
  }

  /// Takes a slice with the same ports, else any, else makes one.
  private void write(ObjectNode service, EndpointSlices.Content content, List<ObjectNode> present) {
    ObjectNode slice =
        present.stream()
            .filter(each -> same(each.path("ports"), content.ports()))
            .findFirst()
            .orElse(present.isEmpty() ? null : present.getFirst());
    if (slice == null) {
      api.create(ResourceTypes.ENDPOINT_SLICE, slice(service, content));
      return;
    }
    present.remove(slice);
    if (!same(slice.path("ports"), content.ports())
        || !same(slice.path("endpoints"), content.endpoints())) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.set("ports", content.ports());
      patch.set("endpoints", content.endpoints());
      api.mergePatch(
          ResourceTypes.ENDPOINT_SLICE, Meta.namespace(slice), Meta.name(slice), null, patch);
    }
  }

  /// A server may leave out an empty list.
  private static boolean same(JsonNode present, JsonNode wanted) {
    return present.isEmpty() && wanted.isEmpty() || Canonical.equal(present, wanted);
  }

  private static ObjectNode slice(ObjectNode service, EndpointSlices.Content content) {
    String name = Meta.name(service);
    ObjectNode slice =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "discovery.k8s.io/v1")
            .put("kind", "EndpointSlice");
    ObjectNode metadata =
        slice.putObject("metadata").put("name", Names.random(name)).put("generateName", name + "-");
    metadata.put("namespace", Meta.namespace(service));
    ObjectNode labels = metadata.putObject("labels");
    Meta.labels(service).forEach(labels::put);
    labels.put(MANAGED_BY, CONTROLLER).put(SERVICE_NAME, name);
    if (service.path("spec").path("clusterIP").asText().equals("None")) {
      labels.put("service.kubernetes.io/headless", "");
    }
    metadata.putArray("ownerReferences").add(Names.controlledBy(ResourceTypes.SERVICE, service));
    slice.put("addressType", "IPv4");
    slice.set("endpoints", content.endpoints());
    slice.set("ports", content.ports());
    return slice;
  }

  private Map<String, String> zones() {
    Map<String, String> zones = new HashMap<>();
    for (ObjectNode node : api.list(ResourceTypes.NODE, null, null).items()) {
      String zone = Meta.labels(node).get("topology.kubernetes.io/zone");
      if (zone != null) {
        zones.put(Meta.name(node), zone);
      }
    }
    return zones;
  }
}
