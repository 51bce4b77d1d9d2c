package theater.mesh.translation.registry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import theater.mesh.view.Endpoint;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;
import theater.mesh.view.Workload;

/// A port of a pod that a Service leads to.
///
/// @param target what the pod listens on
public record InboundPort(RegistryService service, ServicePort port, int target) {

  /// All of a pod, by target port. Found by the Service's selector, so that they are there before
  /// the pod is ready, and by its endpoints.
  public static List<InboundPort> of(ServiceRegistry registry, Workload workload) {
    Map<Integer, InboundPort> result = new TreeMap<>();
    for (RegistryService service : registry.all()) {
      for (Endpoint endpoint : service.endpoints()) {
        if (endpoint.context().equals(workload.context())
            && endpoint.workload().name().equals(workload.name())
            && endpoint.workload().namespace().equals(workload.namespace())) {
          service.ports().stream()
              .filter(port -> port.name().equals(endpoint.portName()))
              .findFirst()
              .ifPresent(port ->
                  result.putIfAbsent(
                      endpoint.port(), new InboundPort(service, port, endpoint.port())));
        }
      }
      for (Service found : service.found()) {
        if (found.context().equals(workload.context()) && selects(found, workload)) {
          found
              .ports()
              .forEach(port ->
                  number(port)
                      .ifPresent(target ->
                          result.putIfAbsent(target, new InboundPort(service, port, target))));
        }
      }
    }
    return List.copyOf(result.values());
  }

  private static boolean selects(Service service, Workload workload) {
    return !service.selector().isEmpty()
        && service.namespace().equals(workload.namespace())
        && workload.labels().entrySet().containsAll(service.selector().entrySet());
  }

  /// A target port written as a number, or absent; a name needs the pod's container ports and is
  /// known by endpoints only.
  private static java.util.Optional<Integer> number(ServicePort port) {
    String target =
        port.targetPort() == null || port.targetPort().isEmpty()
            ? Integer.toString(port.number())
            : port.targetPort();
    return target.matches("\\d{1,5}")
        ? java.util.Optional.of(Integer.parseInt(target))
        : java.util.Optional.empty();
  }
}
