package theater.mesh.translation.route;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.Sight;
import theater.mesh.translation.registry.RegistryService;

/// The Host headers by which a caller may mean a service: its names from the caller's namespace,
/// its address, and without redirection also where the proxy listens for it. Ports in them are not
/// looked at.
final class Domains {
  private Domains() {}

  static List<String> of(RegistryService service, Sight sight) {
    Set<String> names = new LinkedHashSet<>();
    names.add(service.host());
    if (!service.host().startsWith("*")) {
      names.add(service.host() + ".");
    }
    String inNamespace = service.name() + "." + service.namespace();
    if (service.host().startsWith(inNamespace + ".")) {
      if (sight.in(service.namespace())) {
        names.add(service.name());
      }
      names.add(inNamespace + ".svc");
      names.add(inNamespace);
    }
    if (service.headless()) {
      // A pod of it has a name of its own below.
      List.copyOf(names).forEach(name -> names.add("*." + name));
    }
    String address = service.nearest().clusterIp();
    if (address != null && !address.isEmpty() && !address.equals("None")) {
      names.add(address);
    }
    if (!sight.redirecting()) {
      sight.outbound(service.nearest()).ifPresent(names::add);
    }
    return List.copyOf(names);
  }
}
