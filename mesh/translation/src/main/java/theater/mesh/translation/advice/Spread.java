package theater.mesh.translation.advice;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import theater.mesh.translation.rule.Subset;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Endpoint;

/// Whether a host, or a subset of it, has pods in the own context and in another: only there does
/// failover change where requests go.
final class Spread {
  private Spread() {}

  /// What is spread: `subset v1`, or `host` when the rule has no subsets.
  static Optional<String> of(Subject subject, String host) {
    List<Endpoint> endpoints = subject.endpoints(host);
    List<SpecNode> subsets = subject.spec().at("subsets").items();
    if (subsets.isEmpty()) {
      return spread(subject, endpoints) ? Optional.of("host") : Optional.empty();
    }
    return subsets.stream().flatMap(node -> of(subject, host, node).stream()).findFirst();
  }

  /// `subset v1`, if that one is spread.
  static Optional<String> of(Subject subject, String host, SpecNode node) {
    Subset subset = new Subset(node.at("name").textOr(""), node.at("labels").texts(), node);
    List<Endpoint> chosen =
        subject.endpoints(host).stream()
            .filter(endpoint -> subset.selects(endpoint.workload().labels()))
            .toList();
    return spread(subject, chosen) ? Optional.of("subset " + subset.name()) : Optional.empty();
  }

  private static boolean spread(Subject subject, List<Endpoint> endpoints) {
    TreeSet<String> contexts = new TreeSet<>();
    endpoints.forEach(endpoint -> contexts.add(endpoint.context()));
    return contexts.size() > 1 && contexts.contains(subject.view().context());
  }
}
