package theater.mesh.istiod;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import theater.mesh.view.Proxy;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

/// An Envoy as the control plane knows it.
///
/// @param id its node id, `sidecar~IP~POD.NAMESPACE~DOMAIN`
/// @param kinds what it was sent, by type
/// @param resources what it should have by now: type, then name
record ConnectedProxy(
    String id,
    Proxy proxy,
    Map<ResourceKind, SentKind> kinds,
    Map<ResourceKind, Map<String, Versioned>> resources) {

  ConnectedProxy {
    kinds = Map.copyOf(kinds);
    resources = Map.copyOf(resources);
  }

  static ConnectedProxy fresh(String id, Proxy proxy) {
    return new ConnectedProxy(id, proxy, Map.of(), Map.of());
  }

  /// `POD.NAMESPACE`, as istioctl names it.
  String name() {
    return proxy.workload().name() + "." + proxy.workload().namespace();
  }

  Collection<Versioned> resources(ResourceKind kind) {
    return resources.getOrDefault(kind, Map.of()).values();
  }

  ConnectedProxy with(ResourceKind kind, SentKind state) {
    Map<ResourceKind, SentKind> next = new EnumMap<>(ResourceKind.class);
    next.putAll(kinds);
    next.put(kind, state);
    return new ConnectedProxy(id, proxy, next, resources);
  }

  ConnectedProxy changed(ResourceKind kind, List<Versioned> changed, List<String> removed) {
    Map<String, Versioned> now = new TreeMap<>(resources.getOrDefault(kind, Map.of()));
    changed.forEach(resource -> now.put(resource.name(), resource));
    removed.forEach(now::remove);
    Map<ResourceKind, Map<String, Versioned>> next = new EnumMap<>(ResourceKind.class);
    next.putAll(resources);
    next.put(kind, now);
    return new ConnectedProxy(id, proxy, kinds, next);
  }
}
