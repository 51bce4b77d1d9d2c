package theater.mesh.translation.gatewayapi;

import java.util.List;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;

/// Which objects of other namespaces may be named. Gateway API: ReferenceGrant, in the namespace of
/// what is named.
final class References {
  static final String GROUP = "gateway.networking.k8s.io";
  static final String ISTIO = "networking.istio.io";

  private final List<Rule> grants;

  References(List<Rule> grants) {
    this.grants = grants;
  }

  /// Whether a kind of object in a namespace may name this one.
  ///
  /// @param usual the kind that is meant where none is written
  boolean allowed(
      String fromKind, String fromNamespace, SpecNode to, String usual, String toNamespace) {
    if (fromNamespace.equals(toNamespace)) {
      return true;
    }
    String group = to.at("group").textOr("");
    String kind = to.at("kind").textOr(usual);
    String name = to.at("name").textOr("");
    return grants.stream()
        .filter(grant -> grant.namespace().equals(toNamespace))
        .anyMatch(grant ->
            grant.spec().at("from").items().stream()
                    .anyMatch(from ->
                        from.at("group").textOr("").equals(GROUP)
                            && from.at("kind").textOr("").equals(fromKind)
                            && from.at("namespace").textOr("").equals(fromNamespace))
                && grant.spec().at("to").items().stream()
                    .anyMatch(open ->
                        open.at("group").textOr("").equals(group)
                            && open.at("kind").textOr("").equals(kind)
                            && (!open.at("name").present()
                                || open.at("name").textOr("").equals(name))));
  }
}
