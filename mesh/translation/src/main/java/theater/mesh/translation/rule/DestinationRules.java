package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.spec.Problems;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;

/// The DestinationRule for each host, as one proxy sees it. Rules of the caller's namespace come
/// first, then of the service's, then of the root namespace; within one the most special host wins
/// (Istio: PushContext.destinationRule).
public final class DestinationRules {
  private final MeshSettings mesh;
  private final String proxyNamespace;
  private final Map<String, String> proxyLabels;
  private final List<Rule> rules;
  private final Map<String, Optional<DestinationRule>> known = new HashMap<>();

  /// Sorts the view's rules.
  public DestinationRules(MeshView view, Proxy proxy, Problems problems) {
    mesh = view.mesh();
    proxyNamespace = proxy.workload().namespace();
    proxyLabels = proxy.workload().labels();
    rules = Rule.ofKind(view.configs(), "DestinationRule", problems);
  }

  /// The rule that acts on calls to a service.
  public Optional<DestinationRule> forService(RegistryService service) {
    return known.computeIfAbsent(service.host(), _ -> find(service));
  }

  private Optional<DestinationRule> find(RegistryService service) {
    for (String namespace : List.of(proxyNamespace, service.namespace(), mesh.rootNamespace())) {
      List<Rule> fitting =
          rules.stream()
              .filter(rule ->
                  rule.namespace().equals(namespace)
                      && rule.visibleIn(proxyNamespace)
                      && forThisWorkload(rule)
                      && HostName.covers(host(rule), service.host()))
              .toList();
      Optional<String> best =
          fitting.stream()
              .map(this::host)
              .max(
                  Comparator.comparing((String host) -> !host.startsWith("*"))
                      .thenComparing(String::length));
      if (best.isPresent()) {
        return Optional.of(
            merged(
                service.host(),
                fitting.stream().filter(rule -> host(rule).equals(best.get())).toList()));
      }
    }
    return Optional.empty();
  }

  private boolean forThisWorkload(Rule rule) {
    Map<String, String> labels = rule.spec().at("workloadSelector", "matchLabels").texts();
    return labels.isEmpty()
        || rule.namespace().equals(proxyNamespace)
            && proxyLabels.entrySet().containsAll(labels.entrySet());
  }

  private String host(Rule rule) {
    return rule.resolve(rule.spec().at("host").textOr(""), mesh);
  }

  private static boolean selects(Rule rule) {
    return !rule.spec().at("workloadSelector", "matchLabels").entries().isEmpty();
  }

  private static DestinationRule merged(String host, List<Rule> oldestFirst) {
    Map<String, Subset> subsets = new LinkedHashMap<>();
    SpecNode policy = oldestFirst.getFirst().spec().at("trafficPolicy");
    for (Rule rule : oldestFirst) {
      SpecNode own = rule.spec().at("trafficPolicy");
      if (!policy.present()) {
        policy = own;
      } else if (own.present() && !own.equals(policy)) {
        own.problem(
            Severity.INERT,
            "has no effect: an older DestinationRule for "
                + host
                + " ("
                + policy.object()
                + ") has a trafficPolicy, and Istio keeps the oldest");
      }
      for (SpecNode subset : rule.spec().at("subsets").items()) {
        String name = subset.at("name").textOr("");
        Subset added = new Subset(name, subset.at("labels").texts(), subset.at("trafficPolicy"));
        if (!name.isEmpty() && subsets.putIfAbsent(name, added) != null) {
          subset.problem(
              Severity.INERT,
              "has no effect: an older DestinationRule for "
                  + host
                  + " has a subset of the name "
                  + name);
        }
      }
    }
    return new DestinationRule(
        host, policy, new ArrayList<>(subsets.values()), selects(oldestFirst.getFirst()));
  }
}
