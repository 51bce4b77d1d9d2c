package theater.laptop.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A check that the launcher plugs in, as a validating webhook would be. Called for every create
/// and update of every kind but status; must be pure and quick.
@FunctionalInterface
public interface Admission {

  /// @param object as it will be stored
  /// @return [Review#FINE] for kinds that it does not care about
  Review review(ObjectNode object);

  /// @param refusal null when admitted; otherwise the whole message, `admission webhook
  ///   "validation.istio.io" denied the request: …`
  /// @param warnings shown by kubectl as `Warning: …`
  record Review(String refusal, List<String> warnings) {
    public static final Review FINE = new Review(null, List.of());

    public Review {
      warnings = List.copyOf(warnings);
    }
  }
}
