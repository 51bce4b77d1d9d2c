package theater.mesh.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import theater.kube.Meta;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshContext;
import theater.mesh.view.MeshView;
import theater.mesh.view.Namespace;
import theater.mesh.view.Service;

/// Kubernetes objects → MeshView. Every list is sorted, so equal objects give equal views whatever
/// their order.
final class ViewBuilder {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private final String own;
  private final MeshConfigMap settings = new MeshConfigMap();

  /// @param own the context whose control plane looks
  ViewBuilder(String own) {
    this.own = own;
  }

  /// @param contexts what each known context holds
  /// @param only what the own context alone says
  MeshView build(Map<String, ContextObjects> contexts, OwnObjects only) {
    List<MeshContext> known = new ArrayList<>();
    List<Service> services = new ArrayList<>();
    List<Endpoint> endpoints = new ArrayList<>();
    new TreeMap<>(contexts)
        .forEach((context, objects) -> {
          known.add(ContextServices.context(context, objects));
          objects
              .services()
              .forEach(service -> services.add(ContextServices.service(context, service)));
          endpoints.addAll(endpoints(context, objects));
        });
    services.sort(
        Comparator.comparing(Service::context)
            .thenComparing(Service::namespace)
            .thenComparing(Service::name));
    ContextObjects here = contexts.get(own);
    List<Namespace> namespaces =
        here.namespaces().stream()
            .map(namespace -> new Namespace(Meta.name(namespace), Meta.labels(namespace)))
            .sorted(Comparator.comparing(Namespace::name))
            .toList();
    return new MeshView(
        own,
        settings.read(only.configMaps()),
        known,
        namespaces,
        services,
        endpoints,
        configs(only.configs()),
        Credentials.of(only.secrets()));
  }

  private static List<Endpoint> endpoints(String context, ContextObjects objects) {
    Workloads workloads = new Workloads(context, objects);
    List<Endpoint> endpoints = new ArrayList<>();
    for (JsonNode slice : objects.slices()) {
      String service = Meta.labels(slice).getOrDefault(SERVICE_NAME, "");
      if (service.isEmpty() || !slice.path("addressType").asText().equals("IPv4")) {
        continue;
      }
      for (JsonNode endpoint : slice.path("endpoints")) {
        boolean ready = endpoint.path("conditions").path("ready").asBoolean(true);
        for (JsonNode address : endpoint.path("addresses")) {
          workloads
              .of(endpoint, Meta.namespace(slice), address.asText())
              .ifPresent(workload -> {
                for (JsonNode port : slice.path("ports")) {
                  endpoints.add(
                      new Endpoint(
                          context,
                          Meta.namespace(slice),
                          service,
                          port.path("name").asText(""),
                          address.asText(),
                          port.path("port").asInt(),
                          ready,
                          workload));
                }
              });
        }
      }
    }
    return endpoints.stream()
        .distinct()
        .sorted(
            Comparator.comparing(Endpoint::serviceNamespace)
                .thenComparing(Endpoint::serviceName)
                .thenComparing(Endpoint::portName)
                .thenComparing(Endpoint::address)
                .thenComparing(Endpoint::port))
        .toList();
  }

  static List<ConfigObject> configs(List<ObjectNode> objects) {
    return objects.stream()
        .map(object ->
            new ConfigObject(
                object.path("apiVersion").asText(),
                object.path("kind").asText(),
                Meta.namespace(object),
                Meta.name(object),
                Meta.created(object),
                Meta.labels(object),
                Meta.annotations(object),
                object.path("spec")))
        .sorted(
            Comparator.comparing(ConfigObject::apiVersion)
                .thenComparing(ConfigObject::kind)
                .thenComparing(ConfigObject::namespace)
                .thenComparing(ConfigObject::name))
        .toList();
  }
}
