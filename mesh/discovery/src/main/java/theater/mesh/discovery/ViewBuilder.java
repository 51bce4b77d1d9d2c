package theater.mesh.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
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
/// their order; a list that is as in the view before is the same list. For one thread.
final class ViewBuilder {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private final String own;
  private final MeshConfigMap settings = new MeshConfigMap();
  private Map<ObjectNode, ConfigObject> records = new IdentityHashMap<>();
  private MeshView last;

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
    List<ConfigObject> configs = configs(only.configs());
    last =
        new MeshView(
            own,
            settings.read(only.configMaps()),
            known,
            namespaces,
            last != null && services.equals(last.services()) ? last.services() : services,
            last != null && endpoints.equals(last.endpoints()) ? last.endpoints() : endpoints,
            last != null && configs.equals(last.configs()) ? last.configs() : configs,
            Credentials.of(only.secrets()));
    return last;
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

  /// An object that was there before stays the same record: the translation sees by it what
  /// changed.
  private List<ConfigObject> configs(List<ObjectNode> objects) {
    Map<ObjectNode, ConfigObject> now = new IdentityHashMap<>();
    for (ObjectNode object : objects) {
      ConfigObject before = records.get(object);
      now.put(object, before == null ? ConfigObjects.of(object) : before);
    }
    records = now;
    return now.values().stream()
        .sorted(
            Comparator.comparing(ConfigObject::apiVersion)
                .thenComparing(ConfigObject::kind)
                .thenComparing(ConfigObject::namespace)
                .thenComparing(ConfigObject::name))
        .toList();
  }
}
