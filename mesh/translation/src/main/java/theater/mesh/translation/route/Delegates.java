package theater.mesh.translation.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;

/// Routes that a root VirtualService leaves to another. Istio: http.delegate. What the delegate
/// does not say comes from the root; a delegate's route whose conditions do not fit the root's is
/// dropped whole.
final class Delegates {
  private static final List<String> INHERITED =
      List.of(
          "rewrite",
          "directResponse",
          "timeout",
          "retries",
          "fault",
          "mirror",
          "mirrorPercent",
          "mirror_percent",
          "mirrorPercentage",
          "corsPolicy",
          "mirrors",
          "headers");

  private Delegates() {}

  /// An HTTP route and the namespace that its short names belong to.
  ///
  /// @param root who delegates to it; empty for a rule's own
  record Written(SpecNode http, String namespace, String root) {}

  /// The routes of a rule, with delegates' in place.
  static List<Written> expand(Rule rule, RouteScope scope) {
    List<Written> result = new ArrayList<>();
    for (SpecNode http : rule.spec().at("http").items()) {
      SpecNode delegate = http.at("delegate");
      if (!delegate.present()) {
        result.add(new Written(rule.ofGatewayApi() ? placed(http) : http, rule.namespace(), ""));
        continue;
      }
      String namespace = delegate.at("namespace").textOr("");
      Optional<Rule> found =
          find(delegate, namespace.isEmpty() ? rule.namespace() : namespace, rule, scope);
      for (SpecNode other : found.map(part -> part.spec().at("http").items()).orElse(List.of())) {
        merge(http, other)
            .ifPresentOrElse(
                merged ->
                    result.add(
                        new Written(
                            merged, found.get().namespace(), http.object() + " " + http.path())),
                () ->
                    other
                        .at("match")
                        .problem(
                            Severity.INERT,
                            "can not hold together with the conditions of "
                                + http.object()
                                + " "
                                + http.path()
                                + "; the route is left out"));
      }
    }
    return result;
  }

  /// With the name and path of what it was made from.
  private static SpecNode placed(SpecNode http) {
    SpecNode origin = http.at(Rule.ORIGIN);
    return new SpecNode(
        http.json(),
        origin.at("object").textOr(http.object()),
        origin.at("place").textOr(http.path()),
        http.problems());
  }

  private static Optional<Rule> find(
      SpecNode delegate, String namespace, Rule root, RouteScope scope) {
    String name = delegate.at("name").textOr("");
    Optional<Rule> found =
        scope
            .sight()
            .virtualServices()
            .find(namespace, name)
            .filter(other -> other.spec().at("hosts").items().isEmpty());
    String named = "names " + namespace + "/" + name + ", which is ";
    if (found.isEmpty()) {
      delegate.problem(
          Severity.BROKEN_REFERENCE,
          named + "no VirtualService without hosts; the route is left out");
    } else if (!found.get().visibleIn(root.namespace())) {
      delegate.problem(
          Severity.BROKEN_REFERENCE,
          named + "not exported to " + root.namespace() + "; the route is left out");
      return Optional.empty();
    }
    return found;
  }

  private static Optional<SpecNode> merge(SpecNode root, SpecNode delegate) {
    ObjectNode merged =
        delegate.json().isObject()
            ? ((ObjectNode) delegate.json()).deepCopy()
            : JsonNodeFactory.instance.objectNode();
    for (String field : INHERITED) {
      if (!merged.hasNonNull(field) && root.at(field).present()) {
        merged.set(field, root.at(field).json());
      }
    }
    String name = DelegateMatches.name(root, delegate);
    if (!name.isEmpty()) {
      merged.put("name", name);
    }
    List<SpecNode> outer = root.at("match").items();
    List<SpecNode> inner = delegate.at("match").items();
    if (inner.isEmpty() && !outer.isEmpty()) {
      merged.set("match", root.at("match").json());
    } else if (!outer.isEmpty()) {
      ArrayNode both = JsonNodeFactory.instance.arrayNode();
      for (SpecNode sub : inner) {
        int before = both.size();
        outer.forEach(match -> DelegateMatches.merge(match, sub).ifPresent(both::add));
        if (both.size() == before) {
          return Optional.empty();
        }
      }
      merged.set("match", both);
    }
    return Optional.of(
        new SpecNode(merged, delegate.object(), delegate.path(), delegate.problems()));
  }
}
