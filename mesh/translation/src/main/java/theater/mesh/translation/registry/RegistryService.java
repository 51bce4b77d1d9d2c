package theater.mesh.translation.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import theater.mesh.view.Endpoint;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;

/// A host of the mesh: the same Service in one or more contexts is one.
///
/// @param found one entry per context, the looking context's first
/// @param endpoints of all contexts, ready or not
/// @param entry what a ServiceEntry says, or [ServiceEntryHost#NO_ENTRY]
public record RegistryService(
    String host,
    String namespace,
    String name,
    List<ServicePort> ports,
    List<Service> found,
    List<Endpoint> endpoints,
    ServiceEntryHost entry) {

  /// Whether its name leads to its pods, not to an address of its own.
  public boolean headless() {
    return entry.kind() == EntryKind.SERVICE && "None".equals(nearest().clusterIp());
  }

  /// The port with this number.
  public Optional<ServicePort> port(int number) {
    return ports.stream().filter(port -> port.number() == number).findFirst();
  }

  /// The endpoints of a port.
  public List<Endpoint> endpoints(ServicePort port) {
    return endpoints.stream().filter(endpoint -> endpoint.portName().equals(port.name())).toList();
  }

  /// The same service with those of its ports that fit.
  RegistryService only(Predicate<ServicePort> fits) {
    List<ServicePort> some = ports.stream().filter(fits).toList();
    return some.size() == ports.size()
        ? this
        : new RegistryService(host, namespace, name, some, found, endpoints, entry);
  }

  /// The same service with these endpoints, some of which have a share of their own.
  RegistryService reached(List<Endpoint> behind, Map<Endpoint, Integer> weights) {
    return new RegistryService(
        host,
        namespace,
        name,
        ports,
        found,
        List.copyOf(behind),
        new ServiceEntryHost(
            entry.kind(), entry.external(), weights, entry.subjectAltNames(), entry.addresses()));
  }

  /// The share of an endpoint, 1 unless a ServiceEntry or a WorkloadEntry says more.
  public int weight(Endpoint endpoint) {
    return entry.weights().getOrDefault(endpoint, 1);
  }

  /// The Service whose address the looking context's names lead to; another context's when it has
  /// none of its own.
  public Service nearest() {
    return found.getFirst();
  }
}
