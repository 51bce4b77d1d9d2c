package theater.mesh.translation.rule;

import java.util.ArrayList;
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

  /// The rule that limits the server side: rules that select callers say nothing to it.
  public Optional<DestinationRule> forServer(RegistryService service) {
    return find(service, new RuleChoice(proxyNamespace, null, mesh.rootNamespace()));
  }

  private Optional<DestinationRule> find(RegistryService service) {
    return find(service, new RuleChoice(proxyNamespace, proxyLabels, mesh.rootNamespace()));
  }

  private Optional<DestinationRule> find(RegistryService service, RuleChoice choice) {
    List<RuleChoice.Hosted> covering =
        rules.stream()
            .map(rule -> new RuleChoice.Hosted(host(rule), rule))
            .filter(one -> HostName.covers(one.host(), service.host()))
            .toList();
    return choice.of(covering, service.namespace()).map(one -> merged(service.host(), one));
  }

  private String host(Rule rule) {
    return rule.resolve(rule.spec().at("host").textOr(""), mesh);
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
        host,
        policy,
        new ArrayList<>(subsets.values()),
        RuleChoice.selects(oldestFirst.getFirst()));
  }
}
