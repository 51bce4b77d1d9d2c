package theater.mesh.translation.registry;

import java.util.Map;
import java.util.Optional;
import theater.mesh.translation.Sight;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.MeshContext;
import theater.mesh.view.ServicePort;
import theater.mesh.view.Workload;

/// Where an address is that a person wrote down. Istio: WorkloadEntry, and an element of
/// ServiceEntry.endpoints.
final class EndpointPlace {
  private static final String TLS_MODE = "security.istio.io/tlsMode";

  private EndpointPlace() {}

  /// The workload at the address. It speaks mTLS when its label says so, or when it has a service
  /// account and no label.
  static Workload of(SpecNode written, String namespace, Sight sight) {
    String address = written.at("address").textOr("");
    Map<String, String> labels = written.at("labels").texts();
    String account = written.at("serviceAccount").textOr("");
    String[] locality = written.at("locality").textOr("").split("/");
    return new Workload(
        context(written, labels, sight),
        namespace,
        address,
        address,
        account,
        labels,
        labels.getOrDefault(TLS_MODE, account.isEmpty() ? "" : "istio").equals("istio"),
        locality.length > 0 ? locality[0] : "",
        locality.length > 1 ? locality[1] : "");
  }

  /// The context of a network; the looking one without.
  private static String context(SpecNode written, Map<String, String> labels, Sight sight) {
    String network =
        written.at("network").textOr(labels.getOrDefault("topology.istio.io/network", ""));
    return network.isEmpty()
        ? sight.viewContext()
        : sight.contexts().stream()
            .filter(known -> known.network().equals(network))
            .map(MeshContext::name)
            .findFirst()
            .orElse("network " + network);
  }

  /// The number of a Service's port there: by the port's name, by the name that the target port
  /// has, or the target port itself.
  static Optional<Integer> number(SpecNode written, ServicePort port) {
    Optional<Integer> named =
        written.at("ports", port.name()).unsigned().filter(EndpointPlace::possible);
    if (named.isPresent()) {
      return named;
    }
    String target = port.targetPort() == null ? "" : port.targetPort();
    if (target.isEmpty()) {
      return Optional.of(port.number());
    }
    return target.matches("\\d{1,5}")
        ? Optional.of(Integer.parseInt(target)).filter(EndpointPlace::possible)
        : written.at("ports", target).unsigned().filter(EndpointPlace::possible);
  }

  /// Its share beside others, 1 unless it says more.
  static int weight(SpecNode written) {
    return written.at("weight").unsigned().filter(value -> value > 0 && value <= 65_536).orElse(1);
  }

  private static boolean possible(int port) {
    return port > 0 && port < 65_536;
  }
}
