package theater.mesh.translation.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import theater.mesh.translation.spec.Problems;
import theater.mesh.translation.spec.SpecNode;

/// The sections of a DestinationRule's trafficPolicy that act on one port of one subset.
///
/// @param sections by field name: `connectionPool`, `outlierDetection`, `loadBalancer`, `tls` …
public record TrafficPolicy(Map<String, SpecNode> sections, SpecNode nothing) {

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
    SpecNode nothing = SpecNode.absent(policy.problems());
    for (SpecNode level : policy.at("portLevelSettings").items()) {
      if (level.at("port", "number").whole().orElse(-1) == port) {
        Map<String, SpecNode> sections = present(level);
        sections.remove("port");
        return new TrafficPolicy(sections, nothing);
      }
    }
    Map<String, SpecNode> sections = present(policy);
    sections.remove("portLevelSettings");
    return new TrafficPolicy(sections, nothing);
  }

  /// This one with the sections that a subset gives put in place of its own.
  TrafficPolicy overriddenBy(TrafficPolicy subset) {
    Map<String, SpecNode> merged = new LinkedHashMap<>(sections);
    merged.putAll(subset.sections);
    return new TrafficPolicy(merged, nothing);
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
