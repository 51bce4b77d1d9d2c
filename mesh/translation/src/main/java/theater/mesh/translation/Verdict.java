package theater.mesh.translation;

import java.util.List;

/// What an admission check says about one object.
///
/// @param refusal the text after `configuration is invalid: ` when Istio's webhook would refuse it;
///   empty when it would not
/// @param warnings one sentence each, for kubectl's `Warning:` lines: fields that have no effect
///   here
public record Verdict(String refusal, List<String> warnings) {

  public Verdict {
    warnings = List.copyOf(warnings);
  }

  /// Whether the object may be stored.
  public boolean accepted() {
    return refusal.isEmpty();
  }
}
