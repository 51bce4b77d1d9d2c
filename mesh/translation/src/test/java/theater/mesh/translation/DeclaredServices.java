package theater.mesh.translation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshView;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;
import theater.mesh.view.Workload;

/// Kubernetes Services that stand among the YAML documents of a case: more of them in the looking
/// context, with the cinema's pods behind them.
final class DeclaredServices {
  private DeclaredServices() {}

  static MeshView in(MeshView view) {
    List<Service> services = new ArrayList<>(view.services());
    List<Endpoint> endpoints = new ArrayList<>(view.endpoints());
    List<Workload> pods = view.endpoints().stream().map(Endpoint::workload).distinct().toList();
    for (ConfigObject declared : view.configs()) {
      if (declared.kind().equals("Service")) {
        Service service = service(view.context(), declared);
        services.add(service);
        pods.stream()
            .filter(pod -> pod.labels().entrySet().containsAll(service.selector().entrySet()))
            .forEach(pod -> service.ports().forEach(port -> endpoints.add(at(pod, service, port))));
      }
    }
    return new MeshView(
        view.context(),
        view.mesh(),
        view.contexts(),
        view.namespaces(),
        services,
        endpoints,
        view.configs().stream().filter(config -> !config.kind().equals("Service")).toList());
  }

  private static Service service(String context, ConfigObject declared) {
    JsonNode spec = declared.spec();
    Map<String, String> selector = new LinkedHashMap<>();
    spec.path("selector")
        .properties()
        .forEach(label -> selector.put(label.getKey(), label.getValue().asText()));
    List<ServicePort> ports = new ArrayList<>();
    spec.path("ports")
        .forEach(port ->
            ports.add(
                new ServicePort(
                    port.path("name").asText(""),
                    port.path("port").asInt(),
                    port.path("targetPort").asText(port.path("port").asText()),
                    port.path("appProtocol").asText(""))));
    return new Service(
        context,
        declared.namespace(),
        declared.name(),
        spec.path("clusterIP").asText(),
        List.of(),
        Map.of(),
        selector,
        ports);
  }

  private static Endpoint at(Workload pod, Service service, ServicePort port) {
    return new Endpoint(
        pod.context(),
        service.namespace(),
        service.name(),
        port.name(),
        pod.ip(),
        Integer.parseInt(port.targetPort()),
        true,
        pod);
  }
}
