package theater.mesh.explain.walk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import theater.mesh.explain.held.Held;
import theater.mesh.explain.walk.Explanation.Arrival;
import theater.mesh.explain.walk.Explanation.Check;
import theater.mesh.explain.walk.Explanation.Target;
import theater.mesh.translation.names.ClusterName;

/// Follows a request to the servers behind endpoints: own ones by their sidecars' configuration,
/// another context's by asking there.
final class Arrivals {
  private final Function<String, Optional<Held>> byAddress;
  private final OtherContexts others;
  private final String identity;
  private final Instant now;

  /// @param byAddress the sidecar of the pod with this address
  /// @param identity the caller's SPIFFE id
  Arrivals(
      Function<String, Optional<Held>> byAddress,
      OtherContexts others,
      String identity,
      Instant now) {
    this.byAddress = byAddress;
    this.others = others;
    this.identity = identity;
    this.now = now;
  }

  List<Arrival> of(String cluster, List<Target> targets, Question question) {
    List<Arrival> result = new ArrayList<>();
    for (Target target : targets) {
      if (target.kind().equals("gateway")) {
        String sni = ClusterName.parse(cluster).map(ClusterName::sni).orElse(cluster);
        List<Arrival> there = others.arrive(target.context(), sni, identity, question);
        result.addAll(there.isEmpty() ? List.of(unknown(target.context(), "not-asked")) : there);
      } else {
        result.add(at(target.address(), target.mutual(), question));
      }
    }
    return result;
  }

  /// At a pod of this context.
  Arrival at(String address, boolean mutual, Question question) {
    int colon = address.lastIndexOf(':');
    return byAddress
        .apply(address.substring(0, colon))
        .map(server ->
            new ServerSide(server, now)
                .arrive(
                    Integer.parseInt(address.substring(colon + 1)),
                    mutual ? identity : "",
                    question))
        .orElse(unknown("", address));
  }

  /// Without a sidecar nobody checks anything.
  private static Arrival unknown(String context, String detail) {
    boolean plain = context.isEmpty();
    return new Arrival(
        context,
        plain ? detail : "",
        plain ? "in" : "unknown",
        List.of(new Check(plain ? "no-sidecar" : "gateway", plain ? "passed" : "unknown", detail)));
  }
}
