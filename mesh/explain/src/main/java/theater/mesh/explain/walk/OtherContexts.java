package theater.mesh.explain.walk;

import java.util.List;
import theater.mesh.explain.walk.Explanation.Arrival;

/// Asks another context's control plane what happens to a request there.
@FunctionalInterface
public interface OtherContexts {
  /// Nobody can be asked.
  OtherContexts UNKNOWN = (context, sni, identity, question) -> List.of();

  /// @param sni by which its east-west gateway is asked, `outbound_.8081_.ctx2_.HOST`
  /// @param identity the caller's SPIFFE id
  /// @return one for each server, or one without a pod when the gateway knows no such name; empty
  ///   when the context cannot be asked
  List<Arrival> arrive(String context, String sni, String identity, Question question);
}
