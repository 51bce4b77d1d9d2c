package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.translation.Sight;
import theater.mesh.translation.memo.Lookup;
import theater.mesh.translation.memo.Root;
import theater.mesh.translation.memo.Same;
import theater.mesh.translation.memo.Unit;

/// VirtualServices as a proxy sees them, oldest first. In the mesh two for one host do not merge:
/// an exact host wins over a wildcard, then the more private, then the older.
public record VirtualServices(Sight sight) {
  /// The name by which a rule says that it acts on sidecars.
  public static final String MESH = "mesh";

  /// Those that act on sidecars in the proxy's namespace, and by host.
  ///
  /// @param layer4 only those with `tcp` or `tls` routes
  private record ForMesh(boolean layer4) implements Unit<Seen> {
    @Override
    public Seen make(Sight sight) {
      List<Rule> rules = layer4 ? sight.layer4Rules() : sight.rules("VirtualService");
      SidecarScope scope = sight.scope();
      VirtualServices all = new VirtualServices(sight);
      Seen seen = new Seen(new ArrayList<>(), new HostIndex(), new IdentityHashMap<>());
      for (Rule rule : ordered(rules, sight, sight.namespace(), MESH)) {
        if (scope.imports(rule)) {
          seen.places.put(rule, seen.rules.size());
          seen.rules.add(rule);
          for (String host : all.hosts(rule)) {
            if (!(host.startsWith("*") && rule.ofGatewayApi())) {
              seen.byHost.add(host, rule);
            }
          }
        }
      }
      return seen;
    }
  }

  private record Seen(List<Rule> rules, HostIndex byHost, Map<Rule, Integer> places) {}

  private record Layer4(String host) implements Lookup<List<Rule>> {
    @Override
    public List<Rule> look(Sight sight) {
      Seen seen = sight.make(new ForMesh(true));
      return seen.byHost.all(host).stream()
          .distinct()
          .sorted(Comparator.comparing(seen.places::get))
          .toList();
    }

    @Override
    public Object shown(List<Rule> value) {
      return Same.each(value);
    }

    @Override
    public Root root() {
      return Root.LAYER4_RULES;
    }
  }

  private record OfHost(String host) implements Lookup<List<Rule>> {
    @Override
    public List<Rule> look(Sight sight) {
      Seen seen = sight.make(new ForMesh(false));
      List<Rule> found = seen.byHost.mostSpecial(host);
      return found.isEmpty() || new VirtualServices(sight).hosts(found.getFirst()).contains(host)
          ? found
          : List.of(found.getFirst());
    }

    @Override
    public Object shown(List<Rule> value) {
      return Same.each(value);
    }

    @Override
    public Root root() {
      return Root.VIRTUAL_SERVICES;
    }
  }

  private record Named(String namespace, String name) implements Lookup<Rule> {
    @Override
    public Rule look(Sight sight) {
      return sight.rules("VirtualService").stream()
          .filter(rule -> rule.namespace().equals(namespace) && rule.object().name().equals(name))
          .findFirst()
          .orElse(null);
    }

    @Override
    public Root root() {
      return Root.VIRTUAL_SERVICES;
    }
  }

  /// Those that act on sidecars in the proxy's namespace. Who asks is made anew when any rule
  /// changes.
  public List<Rule> forMesh() {
    return sight.make(new ForMesh(false)).rules();
  }

  /// Those bound to a Gateway, by `namespace/name`.
  public List<Rule> forGateway(String gateway, String proxyNamespace) {
    return ordered(sight.rules("VirtualService"), sight, proxyNamespace, gateway);
  }

  /// A rule by name, for `delegate`.
  public Optional<Rule> find(String namespace, String name) {
    return Optional.ofNullable(sight.ask(new Named(namespace, name)));
  }

  /// The rule's gateways in full: `mesh` when none is given, `namespace/name` otherwise.
  public static List<String> gateways(Rule rule) {
    List<String> written = rule.spec().at("gateways").textItems();
    return written.isEmpty()
        ? List.of(MESH)
        : written.stream().map(name -> inFull(name, rule.namespace())).toList();
  }

  /// `cp-gateway` and `./cp-gateway` of `theater-msa` are `theater-msa/cp-gateway`, and so is
  /// `cp-gateway.theater-msa.svc.cluster.local` (an old form).
  public static String inFull(String gateway, String namespace) {
    if (gateway.equals(MESH)) {
      return gateway;
    }
    if (gateway.contains("/")) {
      return gateway.startsWith("./") ? namespace + gateway.substring(1) : gateway;
    }
    String[] parts = gateway.split("\\.", -1);
    return parts.length > 1 ? parts[1] + "/" + parts[0] : namespace + "/" + gateway;
  }

  /// The rule's hosts in full.
  public List<String> hosts(Rule rule) {
    List<String> result = new ArrayList<>();
    rule.spec()
        .at("hosts")
        .textItems()
        .forEach(host -> result.add(rule.resolve(host, sight.mesh())));
    return result;
  }

  /// The rules for a host that act in this order, each only if the ones before have no route for
  /// the caller: all that name the host, or else the one with the longest wildcard.
  public List<Rule> forHost(String host) {
    return sight.ask(new OfHost(host));
  }

  /// All rules with `tcp` or `tls` routes for a host, also by a wildcard, in their order.
  public List<Rule> layer4ForHost(String host) {
    return sight.ask(new Layer4(host));
  }

  /// Rules exported to their own namespace alone come before those exported by name, and those
  /// before everybody's; within each the routes of the caller's namespace (Gateway API) come first.
  private static List<Rule> ordered(
      List<Rule> rules, Sight sight, String namespace, String gateway) {
    VirtualServices all = new VirtualServices(sight);
    return rules.stream()
        .filter(rule ->
            rule.visibleIn(namespace)
                && gateways(rule).contains(gateway)
                && !all.hosts(rule).isEmpty())
        .sorted(
            Comparator.comparingInt((Rule rule) -> publicity(rule, namespace))
                .thenComparing(
                    rule -> !(rule.ofGatewayApi() && rule.namespace().equals(namespace))))
        .toList();
  }

  private static int publicity(Rule rule, String namespace) {
    List<String> exportTo = rule.spec().at("exportTo").textItems();
    if (exportTo.isEmpty() || exportTo.contains("*")) {
      return 2;
    }
    return rule.namespace().equals(namespace) ? 0 : 1;
  }
}
