package theater.mesh.explain.walk;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import theater.mesh.explain.held.Held;
import theater.mesh.explain.held.Journal;
import theater.mesh.explain.held.Journal.Connected;
import theater.mesh.view.Proxy;
import theater.mesh.view.Workload;

/// The connected Envoys, by the names that people call them.
final class Callers {
  private static final List<String> INGRESS =
      List.of("ingress", "ingressgateway", "istio-ingressgateway");
  private final Journal journal;
  private final List<Connected> all;
  private final String context;

  Callers(Journal journal, String context) {
    this.journal = journal;
    this.all =
        journal.connected().stream()
            .sorted(Comparator.comparing(it -> it.proxy().workload().name()))
            .toList();
    this.context = context;
  }

  /// All whom a name means: `api-gateway` (label `app`), a pod's name, `ingress`.
  ///
  /// @throws QuestionException when it means nobody
  List<Connected> named(String name) {
    List<Connected> found =
        all.stream()
            .filter(it ->
                INGRESS.contains(name)
                    ? it.proxy().role() == Proxy.Role.INGRESS_GATEWAY
                    : workload(it).name().equals(name) || app(it).equals(name))
            .toList();
    if (found.isEmpty()) {
      TreeSet<String> apps = new TreeSet<>();
      all.forEach(
          it -> apps.add(it.proxy().role() == Proxy.Role.INGRESS_GATEWAY ? "ingress" : app(it)));
      throw new QuestionException(
          "no Envoy of \""
              + name
              + "\" is connected in "
              + context
              + "; expected "
              + (apps.isEmpty() ? "one that is: none is" : "one of " + String.join(", ", apps))
              + ", or a pod's name");
    }
    return found;
  }

  List<Connected> all() {
    return all;
  }

  /// What one of them has.
  ///
  /// @throws QuestionException when it has gone in between
  Held held(Connected one) {
    return journal
        .held(one.id())
        .orElseThrow(() ->
            new QuestionException(
                "the Envoy of " + workload(one).name() + " has just gone; ask again"));
  }

  /// The sidecar of the pod with an address.
  Optional<Held> at(String address) {
    return all.stream()
        .filter(it -> it.proxy().role() == Proxy.Role.SIDECAR)
        .filter(it -> workload(it).ip().equals(address))
        .findFirst()
        .flatMap(it -> journal.held(it.id()));
  }

  /// The east-west gateways.
  List<Held> eastWest() {
    return all.stream()
        .filter(it -> it.proxy().role() == Proxy.Role.EAST_WEST_GATEWAY)
        .flatMap(it -> journal.held(it.id()).stream())
        .toList();
  }

  static String app(Connected one) {
    return workload(one).labels().getOrDefault("app", workload(one).name());
  }

  static Workload workload(Connected one) {
    return one.proxy().workload();
  }
}
