package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.spec.Problems;
import theater.mesh.view.MeshView;

/// VirtualServices as a proxy sees them, oldest first. In the mesh two for one host do not merge:
/// an exact host wins over a wildcard, then the more private, then the older.
public final class VirtualServices {
  /// The name by which a rule says that it acts on sidecars.
  public static final String MESH = "mesh";

  private final MeshView view;
  private final SidecarScope scope;
  private final List<Rule> rules;

  /// Sorts the view's rules.
  public VirtualServices(MeshView view, SidecarScope scope, Problems problems) {
    this.view = view;
    this.scope = scope;
    rules = Rule.ofKind(view.configs(), "VirtualService", problems);
  }

  /// Those that act on sidecars in a namespace.
  public List<Rule> forMesh(String namespace) {
    return ordered(namespace, MESH).stream().filter(scope::imports).toList();
  }

  /// Those bound to a Gateway, by `namespace/name`.
  public List<Rule> forGateway(String gateway, String proxyNamespace) {
    return ordered(proxyNamespace, gateway);
  }

  /// A rule by name, for `delegate`.
  public java.util.Optional<Rule> find(String namespace, String name) {
    return rules.stream()
        .filter(rule -> rule.namespace().equals(namespace) && rule.object().name().equals(name))
        .findFirst();
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
        .forEach(host -> result.add(rule.resolve(host, view.mesh())));
    return result;
  }

  /// The rules for a host that act in this order, each only if the ones before have no route for
  /// the caller: all that name the host, or else the one with the longest wildcard.
  public List<Rule> forHost(String host, List<Rule> among) {
    List<Rule> exact = among.stream().filter(rule -> hosts(rule).contains(host)).toList();
    if (!exact.isEmpty()) {
      return exact;
    }
    Rule best = null;
    int length = 0;
    for (Rule rule : among) {
      for (String pattern : hosts(rule)) {
        if (!rule.ofGatewayApi() && HostName.covers(pattern, host) && pattern.length() > length) {
          best = rule;
          length = pattern.length();
        }
      }
    }
    return best == null ? List.of() : List.of(best);
  }

  /// Rules exported to their own namespace alone come before those exported by name, and those
  /// before everybody's; within each the routes of the caller's namespace (Gateway API) come first.
  private List<Rule> ordered(String namespace, String gateway) {
    return rules.stream()
        .filter(rule ->
            rule.visibleIn(namespace) && gateways(rule).contains(gateway) && !hosts(rule).isEmpty())
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
