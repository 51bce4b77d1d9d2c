package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.spec.Problems;
import theater.mesh.view.MeshView;

/// VirtualServices as a proxy sees them, oldest first. In the mesh two for one host do not merge:
/// the more special host wins, then the older.
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
    return rules.stream()
        .filter(rule ->
            rule.visibleIn(namespace)
                && scope.imports(rule)
                && gateways(rule).contains(MESH)
                && !hosts(rule).isEmpty())
        .toList();
  }

  /// Those bound to a Gateway, by `namespace/name`.
  public List<Rule> forGateway(String gateway, String proxyNamespace) {
    return rules.stream()
        .filter(rule ->
            rule.visibleIn(proxyNamespace)
                && gateways(rule).contains(gateway)
                && !hosts(rule).isEmpty())
        .toList();
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

  /// `cp-gateway` of `theater-msa` is `theater-msa/cp-gateway`.
  public static String inFull(String gateway, String namespace) {
    return gateway.equals(MESH) || gateway.contains("/") ? gateway : namespace + "/" + gateway;
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

  /// The rule for a host: an exact host before a wildcard, a longer wildcard before a shorter, then
  /// the older.
  public java.util.Optional<Rule> forHost(String host, List<Rule> among) {
    Rule best = null;
    String bestPattern = "";
    for (Rule rule : among) {
      for (String pattern : hosts(rule)) {
        if (HostName.covers(pattern, host)
            && (best == null || special(pattern) > special(bestPattern))) {
          best = rule;
          bestPattern = pattern;
        }
      }
    }
    return java.util.Optional.ofNullable(best);
  }

  private static int special(String pattern) {
    return pattern.startsWith("*") ? pattern.length() : 1_000 + pattern.length();
  }
}
