package theater.mesh.translation.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import theater.mesh.translation.names.HostName;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshView;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;

/// Services by host, sorted by host. Immutable.
public final class Services {
  private final Map<String, RegistryService> byHost;
  private final List<RegistryService> all;
  private final MeshView source;

  private Services(Map<String, RegistryService> byHost, MeshView source) {
    this.byHost = byHost;
    this.all = List.copyOf(byHost.values());
    this.source = source;
  }

  /// The Kubernetes Services of a view, joined over contexts. A service that is as before stays the
  /// same object, and so do all of them together.
  public static Services of(MeshView view, Services before) {
    if (before != null
        && before.source.services() == view.services()
        && before.source.endpoints() == view.endpoints()
        && before.source.mesh().equals(view.mesh())
        && before.source.context().equals(view.context())) {
      return before;
    }
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
    Map<String, RegistryService> byHost = new TreeMap<>();
    boolean changed = before == null || before.byHost.size() != found.size();
    for (Map.Entry<String, List<Service>> entry : found.entrySet()) {
      Service first = entry.getValue().getFirst();
      RegistryService now =
          service(
              entry.getKey(),
              entry.getValue(),
              endpoints.getOrDefault(first.namespace() + "/" + first.name(), List.of()));
      RegistryService then = before == null ? null : before.byHost.get(entry.getKey());
      boolean same = now.equals(then);
      byHost.put(entry.getKey(), same ? then : now);
      changed |= !same;
    }
    return changed ? new Services(byHost, view) : new Services(before, view);
  }

  private Services(Services same, MeshView source) {
    this.byHost = same.byHost;
    this.all = same.all;
    this.source = source;
  }

  private static RegistryService service(String host, List<Service> same, List<Endpoint> behind) {
    Map<Integer, ServicePort> ports = new TreeMap<>();
    same.forEach(
        service -> service.ports().forEach(port -> ports.putIfAbsent(port.number(), port)));
    Service first = same.getFirst();
    return new RegistryService(
        host,
        first.namespace(),
        first.name(),
        List.copyOf(ports.values()),
        List.copyOf(same),
        List.copyOf(behind),
        ServiceEntryHost.NO_ENTRY);
  }

  /// These and others; of one host the first is taken.
  Services with(Collection<RegistryService> others) {
    Map<String, RegistryService> joined = new TreeMap<>(byHost);
    others.forEach(other -> joined.putIfAbsent(other.host(), other));
    return new Services(joined, source);
  }

  /// Each changed in some way.
  Services each(UnaryOperator<RegistryService> change) {
    Map<String, RegistryService> changed = new TreeMap<>(byHost);
    changed.replaceAll((_, service) -> change.apply(service));
    return new Services(changed, source);
  }

  /// Those that fit.
  Services only(Predicate<RegistryService> fits) {
    Map<String, RegistryService> some = new TreeMap<>();
    byHost.forEach((host, service) -> {
      if (fits.test(service)) {
        some.put(host, service);
      }
    });
    return new Services(some, source);
  }

  /// All of them; the same list while none changed.
  public List<RegistryService> all() {
    return all;
  }

  /// The service of a full host name.
  Optional<RegistryService> find(String host) {
    return Optional.ofNullable(byHost.get(host));
  }

  /// Those that a host, perhaps with a wildcard, covers.
  List<RegistryService> coveredBy(String pattern) {
    return pattern.startsWith("*")
        ? all.stream().filter(service -> HostName.covers(pattern, service.host())).toList()
        : find(pattern).map(List::of).orElse(List.of());
  }
}
