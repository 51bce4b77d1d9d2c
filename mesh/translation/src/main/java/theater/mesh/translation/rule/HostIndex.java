package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.names.HostName;

/// Rules by the hosts that they write.
final class HostIndex {
  private final Map<String, List<Rule>> exact = new HashMap<>();
  private final List<Wildcard> wildcards = new ArrayList<>();

  private record Wildcard(String pattern, Rule rule) {}

  /// The older first.
  void add(String host, Rule rule) {
    if (host.startsWith("*")) {
      wildcards.add(new Wildcard(host, rule));
    } else {
      exact.computeIfAbsent(host, _ -> new ArrayList<>()).add(rule);
    }
  }

  /// The rules of the most special host that covers this one.
  List<Rule> mostSpecial(String host) {
    List<Rule> named = exact.getOrDefault(host, List.of());
    if (!named.isEmpty() || wildcards.isEmpty()) {
      return named;
    }
    int longest =
        wildcards.stream()
            .filter(wildcard -> HostName.covers(wildcard.pattern, host))
            .mapToInt(wildcard -> wildcard.pattern.length())
            .max()
            .orElse(-1);
    return wildcards.stream()
        .filter(wildcard ->
            wildcard.pattern.length() == longest && HostName.covers(wildcard.pattern, host))
        .map(Wildcard::rule)
        .toList();
  }

  /// All rules that cover a host, the older first among those of one host.
  List<Rule> all(String host) {
    List<Rule> result = new ArrayList<>(exact.getOrDefault(host, List.of()));
    wildcards.stream()
        .filter(wildcard -> HostName.covers(wildcard.pattern, host))
        .forEach(wildcard -> result.add(wildcard.rule));
    return result;
  }
}
