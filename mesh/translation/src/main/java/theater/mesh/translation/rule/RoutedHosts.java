package theater.mesh.translation.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import theater.mesh.translation.Sight;
import theater.mesh.translation.spec.SpecNode;

/// The hosts that imported VirtualServices send calls to: a proxy has clusters for them, though its
/// Sidecar object does not name them. Only the ports that the rules name, or all.
final class RoutedHosts {
  private static final int EVERY_PORT = 0;

  private final Map<String, Set<Integer>> ports = new HashMap<>();
  private final Sight sight;

  RoutedHosts(Sight sight) {
    this.sight = sight;
  }

  /// @param only the port of the element of `egress` that imports the rule; 0 for every port
  void add(Rule rule, int only) {
    for (SpecNode http : rule.spec().at("http").items()) {
      SpecNode delegate = http.at("delegate");
      if (!delegate.present()) {
        add(rule, http, http, only);
        continue;
      }
      for (Rule other : delegates(rule, delegate)) {
        for (SpecNode part : other.spec().at("http").items()) {
          if (fits(http)) {
            add(other, part, part, only);
            if (!part.at("mirror").present()) {
              destination(other, http.at("mirror"), only);
            }
          }
        }
      }
    }
    for (String list : List.of("tcp", "tls")) {
      for (SpecNode route : rule.spec().at(list).items()) {
        route(rule, route, only);
      }
    }
  }

  private void add(Rule rule, SpecNode http, SpecNode matched, int only) {
    if (fits(matched)) {
      route(rule, http, only);
      destination(rule, http.at("mirror"), only);
      http.at("mirrors")
          .items()
          .forEach(mirror -> destination(rule, mirror.at("destination"), only));
    }
  }

  private List<Rule> delegates(Rule root, SpecNode delegate) {
    String namespace = delegate.at("namespace").textOr(root.namespace());
    return sight.rules("VirtualService").stream()
        .filter(rule ->
            rule.namespace().equals(namespace)
                && rule.object().name().equals(delegate.at("name").textOr(""))
                && rule.spec().at("hosts").items().isEmpty()
                && rule.visibleIn(root.namespace()))
        .toList();
  }

  /// Whether some condition is for callers of this namespace, or none says another.
  private boolean fits(SpecNode http) {
    boolean fits = true;
    for (SpecNode match : http.at("match").items()) {
      String namespace = match.at("sourceNamespace").textOr("");
      if (sight.in(namespace)) {
        return true;
      }
      fits &= namespace.isEmpty();
    }
    return fits;
  }

  private void route(Rule rule, SpecNode route, int only) {
    route.at("route").items().forEach(share -> destination(rule, share.at("destination"), only));
  }

  private void destination(Rule rule, SpecNode destination, int only) {
    if (destination.present()) {
      int port = destination.at("port", "number").unsigned().orElse(EVERY_PORT);
      ports
          .computeIfAbsent(
              rule.resolve(destination.at("host").textOr(""), sight.mesh()), _ -> new HashSet<>())
          .add(only == EVERY_PORT ? port : only);
    }
  }

  boolean has(String host, int port) {
    Set<Integer> known = ports.getOrDefault(host, Set.of());
    return known.contains(EVERY_PORT) || known.contains(port);
  }
}
