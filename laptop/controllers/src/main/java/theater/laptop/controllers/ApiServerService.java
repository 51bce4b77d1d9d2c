package theater.laptop.controllers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import theater.kube.KubeApi;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// The Service `kubernetes` of namespace `default` with its Endpoints and EndpointSlice: the API
/// server as a cluster shows it. Pods here find it by their environment.
///
/// @param port that the API server listens on; 0 for no such Service
record ApiServerService(KubeApi api, int port) implements WorkQueue.Reconciler {
  static final String NAMESPACE = "default";
  static final String NAME = "kubernetes";
  private static final String ADDRESS = "127.0.0.1";

  @Override
  public Duration reconcile(WorkQueue.Key key) {
    ObjectNode namespace = Found.get(api, ResourceTypes.NAMESPACE, "", NAMESPACE).orElse(null);
    if (port > 0 && namespace != null && !Meta.deleting(namespace)) {
      present(ResourceTypes.SERVICE, service());
      present(ResourceTypes.ENDPOINTS, endpoints());
      present(ResourceTypes.ENDPOINT_SLICE, slice());
    }
    return null;
  }

  private void present(ResourceType type, ObjectNode object) {
    if (Found.get(api, type, NAMESPACE, NAME).isEmpty()) {
      api.create(type, object);
    }
  }

  private ObjectNode service() {
    ObjectNode service = object("v1", "Service");
    labels(service).put("component", "apiserver").put("provider", NAME);
    ObjectNode spec = service.putObject("spec").put("type", "ClusterIP");
    ObjectNode https = spec.putArray("ports").addObject().put("name", "https");
    https.put("port", 443).put("protocol", "TCP").put("targetPort", port);
    return service;
  }

  private ObjectNode endpoints() {
    ObjectNode endpoints = object("v1", "Endpoints");
    labels(endpoints).put("endpointslice.kubernetes.io/skip-mirror", "true");
    ObjectNode subset = endpoints.putArray("subsets").addObject();
    subset.putArray("addresses").addObject().put("ip", ADDRESS);
    port(subset.putArray("ports").addObject());
    return endpoints;
  }

  private ObjectNode slice() {
    ObjectNode slice = object("discovery.k8s.io/v1", "EndpointSlice");
    labels(slice).put("kubernetes.io/service-name", NAME);
    slice.put("addressType", "IPv4");
    ObjectNode endpoint = slice.putArray("endpoints").addObject();
    endpoint.putArray("addresses").add(ADDRESS);
    endpoint.putObject("conditions").put("ready", true);
    port(slice.putArray("ports").addObject());
    return slice;
  }

  private void port(ObjectNode https) {
    https.put("name", "https").put("port", port).put("protocol", "TCP");
  }

  private static ObjectNode object(String apiVersion, String kind) {
    ObjectNode object =
        JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", NAME).put("namespace", NAMESPACE);
    return object;
  }

  private static ObjectNode labels(ObjectNode object) {
    return ((ObjectNode) object.path("metadata")).putObject("labels");
  }
}
