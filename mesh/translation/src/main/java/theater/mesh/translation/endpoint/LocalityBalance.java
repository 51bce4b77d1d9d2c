package theater.mesh.translation.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.MeshConfig;
import theater.mesh.translation.rule.TrafficPolicy;
import theater.mesh.translation.spec.SpecNode;

/// Which localities are preferred. Outlier detection switches failover on: labels that
/// `failoverPriority` names, then the caller's own zone first, then its region, then the rest.
/// `distribute` replaces that by shares. Istio: loadBalancer.localityLbSetting; Envoy: priority and
/// weight of LocalityLbEndpoints.
final class LocalityBalance {
  private static final int PLACES = 5;

  private final SpecNode setting;
  private final boolean failover;
  private final boolean lookedUp;
  private final Locality caller;
  private final Supplier<Map<String, String>> callerLabels;

  private LocalityBalance(
      SpecNode setting,
      boolean failover,
      boolean lookedUp,
      Locality caller,
      Supplier<Map<String, String>> callerLabels) {
    this.setting = setting;
    this.failover = failover;
    this.lookedUp = lookedUp;
    this.caller = caller;
    this.callerLabels = callerLabels;
  }

  /// @param lookedUp whether Envoy looks the endpoints' names up: there labels do not count
  static LocalityBalance of(
      TrafficPolicy policy,
      Sight sight,
      boolean lookedUp,
      Supplier<Map<String, String>> callerLabels) {
    Optional<SpecNode> setting = MeshConfig.localities(policy, sight);
    return new LocalityBalance(
        setting.orElse(SpecNode.absent(sight.problems())),
        policy.section("outlierDetection").present() && setting.isPresent(),
        lookedUp,
        new Locality(sight.region(), sight.zone()),
        callerLabels);
  }

  List<LocalityEndpoints> apply(List<LocalityEndpoints> localities) {
    if (!setting.at("distribute").items().isEmpty()) {
      return distribute(localities);
    }
    if (!failover) {
      return localities;
    }
    List<LocalityEndpoints> result = localities;
    boolean byLabels = !setting.at("failoverPriority").items().isEmpty();
    if (byLabels && !lookedUp) {
      result =
          new FailoverPriority(setting.at("failoverPriority"), callerLabels.get())
              .split(localities);
      dense(result);
    }
    boolean byPlace = !byLabels || !setting.at("failover").items().isEmpty();
    if (byPlace && !caller.region().isEmpty()) {
      result.forEach(part -> part.priority(part.priority() * PLACES + distance(part.locality())));
      dense(result);
    }
    return result;
  }

  /// Shares for the caller's place; a pattern that several localities fit is shared by them in the
  /// proportion of their endpoints. What no pattern fits gets nothing.
  private List<LocalityEndpoints> distribute(List<LocalityEndpoints> localities) {
    Optional<SpecNode> shares =
        setting.at("distribute").items().stream()
            .filter(share -> caller.in(share.at("from").textOr("")))
            .findFirst();
    if (shares.isEmpty()) {
      return localities;
    }
    List<LocalityEndpoints> left = new ArrayList<>(localities);
    List<LocalityEndpoints> result = new ArrayList<>();
    shares
        .get()
        .at("to")
        .entries()
        .forEach((pattern, share) -> {
          List<LocalityEndpoints> fitting =
              left.stream().filter(part -> part.locality().in(pattern)).toList();
          left.removeAll(fitting);
          double total = fitting.stream().mapToInt(LocalityEndpoints::endpoints).sum();
          for (LocalityEndpoints part : fitting) {
            double weight = part.endpoints() * (double) share.unsigned().orElse(0) / total;
            if (weight > 0) {
              part.weight((int) Math.ceil(weight));
              result.add(part);
            }
          }
        });
    return result;
  }

  /// Priorities without gaps, from 0.
  private static void dense(List<LocalityEndpoints> localities) {
    Map<Integer, Integer> dense = new TreeMap<>();
    localities.forEach(endpoints -> dense.put(endpoints.priority(), 0));
    int next = 0;
    for (Map.Entry<Integer, Integer> entry : dense.entrySet()) {
      entry.setValue(next++);
    }
    localities.forEach(endpoints -> endpoints.priority(dense.get(endpoints.priority())));
  }

  private int distance(Locality locality) {
    if (locality.region().equals(caller.region())) {
      return locality.zone().equals(caller.zone()) ? 0 : 2;
    }
    for (SpecNode rule : setting.at("failover").items()) {
      if (rule.at("from").textOr("").equals(caller.region())) {
        return rule.at("to").textOr("").equals(locality.region()) ? 3 : 4;
      }
    }
    return 3;
  }
}
