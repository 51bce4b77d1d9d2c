package theater.mesh.translation;

import java.util.List;

/// What an admission check says about one object.
///
/// @param refusal the text after `configuration is invalid: ` when Istio's webhook would refuse it;
///   empty when it would not
/// @param warnings what Istio's webhook only warns of, one sentence each
/// @param notModelled fields that have no effect here
public record Verdict(String refusal, List<String> warnings, List<Problem> notModelled) {

  public Verdict {
    warnings = List.copyOf(warnings);
    notModelled = List.copyOf(notModelled);
  }

  /// Whether the object may be stored.
  public boolean accepted() {
    return refusal.isEmpty();
  }
}
