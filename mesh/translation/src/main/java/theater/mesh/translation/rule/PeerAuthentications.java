package theater.mesh.translation.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import theater.mesh.translation.Sight;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Workload;

/// Whether a pod takes mTLS, plain calls or both. Istio: PeerAuthentication. The pod's own rule
/// comes before its namespace's, that before the mesh's; the default is PERMISSIVE.
public final class PeerAuthentications {
  private final String rootNamespace;
  private final List<Rule> rules;

  /// What a server accepts.
  public enum Mode {
    PERMISSIVE,
    STRICT,
    DISABLE
  }

  /// For one proxy.
  public PeerAuthentications(Sight sight) {
    rootNamespace = sight.mesh().rootNamespace();
    rules = sight.rules("PeerAuthentication");
  }

  /// The fields that have an effect.
  public static ModelledFields modelledFields() {
    return ModelledFields.of(
        List.of("selector.matchLabels.*", "mtls.mode", "portLevelMtls.*.mode"));
  }

  /// What pods of a namespace accept that no rule selects.
  public Mode mode(String workloadNamespace) {
    Mode mode = Mode.PERMISSIVE;
    for (String namespace : List.of(rootNamespace, workloadNamespace)) {
      for (Rule rule : rules) {
        if (rule.namespace().equals(namespace) && selector(rule).isEmpty()) {
          mode = read(rule.spec().at("mtls", "mode"), mode);
          break;
        }
      }
    }
    return mode;
  }

  /// What a pod accepts at a port.
  public Mode mode(Workload workload, int port) {
    Mode mode = mode(workload.namespace());
    return own(workload)
        .map(rule ->
            read(
                rule.spec().at("portLevelMtls", Integer.toString(port), "mode"),
                read(rule.spec().at("mtls", "mode"), mode)))
        .orElse(mode);
  }

  /// The ports that the rule of a pod names.
  public Set<Integer> ports(Workload workload) {
    Set<Integer> result = new TreeSet<>();
    own(workload)
        .ifPresent(rule ->
            rule.spec()
                .at("portLevelMtls")
                .entries()
                .keySet()
                .forEach(port -> {
                  if (port.matches("\\d{1,5}") && Integer.parseInt(port) < 65_536) {
                    result.add(Integer.parseInt(port));
                  }
                }));
    return result;
  }

  private Optional<Rule> own(Workload workload) {
    return rules.stream()
        .filter(rule ->
            rule.namespace().equals(workload.namespace())
                && !selector(rule).isEmpty()
                && workload.labels().entrySet().containsAll(selector(rule).entrySet()))
        .findFirst();
  }

  private static Map<String, String> selector(Rule rule) {
    return rule.spec().at("selector", "matchLabels").texts();
  }

  private static Mode read(SpecNode written, Mode inherited) {
    return switch (written.textOr("UNSET")) {
      case "STRICT" -> Mode.STRICT;
      case "PERMISSIVE" -> Mode.PERMISSIVE;
      case "DISABLE" -> Mode.DISABLE;
      case "UNSET" -> inherited;
      default -> {
        written.malformed("STRICT, PERMISSIVE, DISABLE or UNSET");
        yield inherited;
      }
    };
  }
}
