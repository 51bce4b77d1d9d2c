package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.memo.Lookup;
import theater.mesh.translation.memo.Root;
import theater.mesh.translation.memo.Same;
import theater.mesh.translation.memo.Unit;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.spec.SpecNode;

/// The DestinationRule for each host, as one proxy sees it. Rules of the caller's namespace come
/// first, then of the service's, then of the root namespace; within one the most special host wins
/// (Istio: PushContext.destinationRule).
public record DestinationRules(Sight sight) {

  /// The rule that acts on calls to a service.
  public Optional<DestinationRule> forService(RegistryService service) {
    return sight.make(new OfHost(service.host(), service.namespace(), false));
  }

  /// The rule that limits the server side: rules that select callers say nothing to it.
  public Optional<DestinationRule> forServer(RegistryService service) {
    return sight.make(new OfHost(service.host(), service.namespace(), true));
  }

  /// Reads the hosts of all rules, so that what is wrong with one is told even when nobody calls
  /// it.
  public void read() {
    sight.make(new ByHost());
  }

  private record ByHost() implements Unit<HostIndex> {
    @Override
    public HostIndex make(Sight sight) {
      HostIndex index = new HostIndex();
      sight.rules("DestinationRule").forEach(rule -> index.add(host(rule, sight), rule));
      return index;
    }
  }

  /// The rules that cover a host, oldest first.
  private record Covering(String host) implements Lookup<List<Rule>> {
    @Override
    public List<Rule> look(Sight sight) {
      return sight.make(new ByHost()).all(host).stream().sorted(Rule.BY_AGE).toList();
    }

    @Override
    public Object shown(List<Rule> rules) {
      return Same.each(rules);
    }

    @Override
    public Root root() {
      return Root.DESTINATION_RULES;
    }
  }

  private record OfHost(String host, String namespace, boolean server)
      implements Unit<Optional<DestinationRule>> {
    @Override
    public Optional<DestinationRule> make(Sight sight) {
      List<RuleChoice.Hosted> covering =
          sight.ask(new Covering(host)).stream()
              .map(rule -> new RuleChoice.Hosted(DestinationRules.host(rule, sight), rule))
              .toList();
      return covering.isEmpty()
          ? Optional.empty()
          : new RuleChoice(
                  sight.namespace(),
                  server ? _ -> false : sight::labelled,
                  sight.mesh().rootNamespace())
              .of(covering, namespace)
              .flatMap(same -> sight.make(new Merged(host, Same.each(same))));
    }
  }

  /// One for all proxies that see the same rules.
  private record Merged(String host, List<Same> rules) implements Unit<Optional<DestinationRule>> {
    @Override
    public Optional<DestinationRule> make(Sight sight) {
      return Optional.of(merged(host, rules.stream().map(rule -> (Rule) rule.object()).toList()));
    }
  }

  private static String host(Rule rule, Sight sight) {
    return rule.resolve(rule.spec().at("host").textOr(""), sight.mesh());
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
