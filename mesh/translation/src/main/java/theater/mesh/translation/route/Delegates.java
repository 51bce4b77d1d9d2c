package theater.mesh.translation.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;

/// Routes that a root VirtualService leaves to another. Istio: http.delegate. Conditions of both
/// must hold; what the delegate does not say comes from the root; a delegate's route that can never
/// fit the root's conditions is dropped.
final class Delegates {
  private static final Set<String> OWN = Set.of("delegate", "match", "name", "route");

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
        result.add(new Written(http, rule.namespace(), ""));
        continue;
      }
      String namespace = delegate.at("namespace").textOr(rule.namespace());
      String name = delegate.at("name").textOr("");
      Optional<Rule> found =
          scope
              .sight()
              .virtualServices()
              .find(namespace, name)
              .filter(other -> other.spec().at("hosts").items().isEmpty());
      if (found.isEmpty()) {
        delegate.problem(
            Severity.BROKEN_REFERENCE,
            "names "
                + namespace
                + "/"
                + name
                + ", which is no VirtualService without hosts; the route is left out");
        continue;
      }
      for (SpecNode other : found.get().spec().at("http").items()) {
        merge(http, other)
            .ifPresent(merged ->
                result.add(
                    new Written(
                        new SpecNode(merged, other.object(), other.path(), other.problems()),
                        namespace,
                        http.object() + " " + http.path())));
      }
    }
    return result;
  }

  private static Optional<JsonNode> merge(SpecNode root, SpecNode delegate) {
    ObjectNode merged =
        delegate.json().isObject()
            ? ((ObjectNode) delegate.json()).deepCopy()
            : JsonNodeFactory.instance.objectNode();
    root.json()
        .properties()
        .forEach(field -> {
          if (!OWN.contains(field.getKey()) && !merged.hasNonNull(field.getKey())) {
            merged.set(field.getKey(), field.getValue());
          }
        });
    List<SpecNode> rootMatches = root.at("match").items();
    List<SpecNode> matches = delegate.at("match").items();
    if (rootMatches.isEmpty()) {
      return Optional.of(merged);
    }
    ArrayNode both = JsonNodeFactory.instance.arrayNode();
    for (SpecNode outer : rootMatches) {
      if (matches.isEmpty()) {
        both.add(outer.json());
      }
      matches.forEach(inner -> mergeMatch(outer, inner).ifPresent(both::add));
    }
    merged.set("match", both);
    return both.isEmpty() ? Optional.empty() : Optional.of(merged);
  }

  private static Optional<JsonNode> mergeMatch(SpecNode outer, SpecNode inner) {
    ObjectNode result = ((ObjectNode) outer.json()).deepCopy();
    for (Map.Entry<String, SpecNode> field : inner.entries().entrySet()) {
      SpecNode mine = outer.at(field.getKey());
      JsonNode value = field.getValue().json();
      if (!mine.present()) {
        result.set(field.getKey(), value);
      } else if (field.getKey().equals("uri")) {
        if (!within(mine, field.getValue())) {
          return Optional.empty();
        }
        result.set("uri", value);
      } else if (mine.json().isObject() && value.isObject()) {
        ObjectNode union = ((ObjectNode) mine.json()).deepCopy();
        value.properties().forEach(entry -> union.set(entry.getKey(), entry.getValue()));
        result.set(field.getKey(), union);
      }
    }
    return Optional.of(result);
  }

  /// Whether every path of the inner condition fits the outer.
  private static boolean within(SpecNode outer, SpecNode inner) {
    if (outer.at("prefix").present()) {
      String prefix = outer.at("prefix").textOr("");
      String path =
          inner.at("prefix").present()
              ? inner.at("prefix").textOr("")
              : inner.at("exact").textOr("");
      return (inner.at("prefix").present() || inner.at("exact").present())
          && path.startsWith(prefix);
    }
    return outer.at("exact").present() && outer.json().equals(inner.json());
  }
}
