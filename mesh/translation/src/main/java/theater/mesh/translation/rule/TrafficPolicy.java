package theater.mesh.translation.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.translation.spec.Problems;
import theater.mesh.translation.spec.SpecNode;

/// The sections of a DestinationRule's trafficPolicy that act on one port of one subset.
///
/// @param sections by field name: `connectionPool`, `outlierDetection`, `loadBalancer`, `tls` …
public record TrafficPolicy(Map<String, SpecNode> sections, SpecNode nothing) {
  /// What an element of portLevelSettings can give.
  private static final List<String> OF_A_PORT =
      List.of("connectionPool", "outlierDetection", "loadBalancer", "tls");

  /// Whether an element of portLevelSettings can give a field: `connectionPool.tcp.maxConnections`.
  public static boolean ofAPort(String field) {
    return OF_A_PORT.contains(field.split("\\.", 2)[0]);
  }

  /// No rule at all.
  public static TrafficPolicy none(Problems problems) {
    return new TrafficPolicy(Map.of(), SpecNode.absent(problems));
  }

  /// A section, present or not.
  public SpecNode section(String name) {
    return sections.getOrDefault(name, nothing);
  }

  /// This one with another section of a name.
  public TrafficPolicy with(String name, SpecNode section) {
    Map<String, SpecNode> changed = new LinkedHashMap<>(sections);
    changed.put(name, section);
    return new TrafficPolicy(changed, nothing);
  }

  /// A policy for a port: a fitting entry of portLevelSettings replaces everything, also what it
  /// does not repeat.
  static TrafficPolicy of(SpecNode policy, int port) {
    Optional<SpecNode> level = level(policy, port);
    Map<String, SpecNode> sections = present(level.orElse(policy));
    if (level.isPresent()) {
      sections.keySet().retainAll(OF_A_PORT);
    } else {
      sections.remove("portLevelSettings");
    }
    return new TrafficPolicy(sections, SpecNode.absent(policy.problems()));
  }

  /// The tls that a policy gives for a port; here an entry without tls leaves that of the policy.
  static SpecNode tls(SpecNode policy, int port) {
    return level(policy, port)
        .map(entry -> entry.at("tls"))
        .filter(SpecNode::present)
        .orElse(policy.at("tls"));
  }

  /// This one with the sections that a subset's policy gives for a port put in place of its own. An
  /// entry for the port also takes away what such an entry can give and this one does not.
  TrafficPolicy overriddenBy(SpecNode subset, int port) {
    Map<String, SpecNode> merged = new LinkedHashMap<>(sections);
    if (level(subset, port).isPresent()) {
      merged.keySet().removeAll(OF_A_PORT);
    }
    merged.putAll(of(subset, port).sections);
    return new TrafficPolicy(merged, nothing);
  }

  private static Optional<SpecNode> level(SpecNode policy, int port) {
    return policy.at("portLevelSettings").items().stream()
        .filter(level -> level.at("port", "number").whole().orElse(-1) == port)
        .findFirst();
  }

  private static Map<String, SpecNode> present(SpecNode node) {
    Map<String, SpecNode> result = new LinkedHashMap<>();
    node.entries()
        .forEach((name, value) -> {
          if (value.present()) {
            result.put(name, value);
          }
        });
    return result;
  }
}
