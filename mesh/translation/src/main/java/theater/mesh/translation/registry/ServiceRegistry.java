package theater.mesh.translation.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.spec.Problems;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshContext;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;

/// All services by host, sorted by host.
public final class ServiceRegistry {
  private final Map<String, RegistryService> byHost = new TreeMap<>();
  private final Map<String, MeshContext> contexts = new LinkedHashMap<>();

  private ServiceRegistry(ServiceRegistry other, BiPredicate<String, String> imported) {
    contexts.putAll(other.contexts);
    other.byHost.forEach((host, service) -> {
      if (imported.test(service.namespace(), host)) {
        byHost.put(host, service);
      }
    });
  }

  /// Reads what a proxy may see of a view.
  public ServiceRegistry(MeshView view, Proxy proxy, Problems problems) {
    view.contexts().forEach(context -> contexts.put(context.name(), context));
    Map<String, List<Service>> found = new TreeMap<>();
    for (Service service : view.services()) {
      List<Service> same = found.computeIfAbsent(service.host(view.mesh()), _ -> new ArrayList<>());
      if (service.context().equals(view.context())) {
        same.addFirst(service);
      } else {
        same.add(service);
      }
    }
    Map<String, List<Endpoint>> endpoints = new LinkedHashMap<>();
    for (Endpoint endpoint : view.endpoints()) {
      endpoints
          .computeIfAbsent(
              endpoint.serviceNamespace() + "/" + endpoint.serviceName(), _ -> new ArrayList<>())
          .add(endpoint);
    }
    WorkloadEntries machines = new WorkloadEntries(view, problems);
    for (Service service : view.services()) {
      machines
          .behind(service)
          .forEach(endpoint ->
              endpoints
                  .computeIfAbsent(
                      service.namespace() + "/" + service.name(), _ -> new ArrayList<>())
                  .add(endpoint));
    }
    found.forEach((host, same) -> {
      Service first = same.getFirst();
      Map<Integer, ServicePort> ports = new TreeMap<>();
      same.forEach(
          service -> service.ports().forEach(port -> ports.putIfAbsent(port.number(), port)));
      List<Endpoint> behind =
          endpoints.getOrDefault(first.namespace() + "/" + first.name(), List.of());
      byHost.put(
          host,
          new RegistryService(
              host,
              first.namespace(),
              first.name(),
              List.copyOf(ports.values()),
              List.copyOf(same),
              behind,
              ServiceEntryHost.NO_ENTRY));
    });
    for (RegistryService entry : ServiceEntries.of(view, proxy, machines, problems)) {
      if (byHost.putIfAbsent(entry.host(), entry) != null) {
        problems.add(
            Severity.NOT_MODELLED,
            "ServiceEntry " + entry.namespace(),
            "spec.hosts",
            entry.host() + " is a Service, too: the two are not joined here, the Service is taken");
      }
    }
  }

  /// Only what is imported, by namespace and host.
  public ServiceRegistry only(BiPredicate<String, String> imported) {
    return new ServiceRegistry(this, imported);
  }

  /// Every service.
  public Collection<RegistryService> all() {
    return byHost.values();
  }

  /// The service of a full host name.
  public Optional<RegistryService> find(String host) {
    return Optional.ofNullable(byHost.get(host));
  }

  /// The context of this name; one that nobody described has no network of its own.
  public MeshContext context(String name) {
    return contexts.getOrDefault(name, new MeshContext(name, "", "", 0));
  }
}
