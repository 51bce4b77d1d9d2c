package theater.mesh.translation.route;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.Sight;
import theater.mesh.translation.registry.RegistryService;

/// The Host headers by which a caller may mean a service: its names from the caller's namespace,
/// and its address (without redirection also where the proxy listens for it), each with and without
/// port.
final class Domains {
  private Domains() {}

  static List<String> of(RegistryService service, int port, Sight sight) {
    Set<String> names = new LinkedHashSet<>();
    names.add(service.host());
    String inNamespace = service.name() + "." + service.namespace();
    if (service.host().startsWith(inNamespace + ".")) {
      if (sight.in(service.namespace())) {
        names.add(service.name());
      }
      names.add(inNamespace + ".svc");
      names.add(inNamespace);
    }
    String address = service.nearest().clusterIp();
    if (address != null && !address.isEmpty() && !address.equals("None")) {
      names.add(address);
    }
    if (!sight.redirecting()) {
      sight.outbound(service.nearest()).ifPresent(names::add);
    }
    return withPort(names, port);
  }

  static List<String> of(String host, int port) {
    return withPort(Set.of(host), port);
  }

  private static List<String> withPort(Set<String> names, int port) {
    List<String> result = new ArrayList<>();
    for (String name : names) {
      result.add(name);
      if (!name.equals("*")) {
        result.add(name + ":" + port);
      }
    }
    return result;
  }
}
