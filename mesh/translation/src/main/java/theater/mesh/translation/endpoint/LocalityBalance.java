package theater.mesh.translation.endpoint;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import theater.mesh.translation.rule.TrafficPolicy;
import theater.mesh.translation.spec.SpecNode;

/// Which localities are preferred. Outlier detection switches failover on: the caller's own zone
/// first, then its region, then the rest. `distribute` replaces that by shares. Istio:
/// loadBalancer.localityLbSetting; Envoy: priority and weight of LocalityLbEndpoints.
final class LocalityBalance {
  private final SpecNode setting;
  private final boolean failover;
  private final Locality caller;

  private LocalityBalance(SpecNode setting, boolean failover, Locality caller) {
    this.setting = setting;
    this.failover = failover;
    this.caller = caller;
  }

  static LocalityBalance of(TrafficPolicy policy, Locality caller) {
    SpecNode setting = policy.section("loadBalancer").at("localityLbSetting");
    boolean off = setting.at("enabled").present() && !setting.at("enabled").flag();
    boolean failover =
        policy.section("outlierDetection").present() && !off && !caller.region().isEmpty();
    return new LocalityBalance(
        off ? SpecNode.absent(setting.problems()) : setting, failover, caller);
  }

  void apply(Map<Locality, LocalityEndpoints> localities) {
    for (SpecNode share : setting.at("distribute").items()) {
      if (caller.in(share.at("from").textOr(""))) {
        distribute(share.at("to"), localities);
        return;
      }
    }
    if (failover) {
      prioritise(localities);
    }
  }

  private static void distribute(SpecNode shares, Map<Locality, LocalityEndpoints> localities) {
    Map<Locality, Integer> weights = new HashMap<>();
    shares
        .entries()
        .forEach((pattern, share) ->
            localities.keySet().stream()
                .filter(locality -> locality.in(pattern))
                .forEach(locality -> weights.putIfAbsent(locality, share.unsigned().orElse(0))));
    weights.values().removeIf(weight -> weight <= 0);
    localities.keySet().retainAll(weights.keySet());
    localities.forEach((locality, endpoints) -> endpoints.weight(weights.get(locality)));
  }

  private void prioritise(Map<Locality, LocalityEndpoints> localities) {
    localities.forEach((locality, endpoints) -> endpoints.priority(distance(locality)));
    Map<Integer, Integer> dense = new TreeMap<>();
    localities.values().forEach(endpoints -> dense.put(endpoints.priority(), 0));
    int next = 0;
    for (Map.Entry<Integer, Integer> entry : dense.entrySet()) {
      entry.setValue(next++);
    }
    localities.values().forEach(endpoints -> endpoints.priority(dense.get(endpoints.priority())));
  }

  private int distance(Locality locality) {
    if (locality.region().equals(caller.region())) {
      return locality.zone().equals(caller.zone()) ? 0 : 1;
    }
    boolean named =
        setting.at("failover").items().stream()
            .anyMatch(rule ->
                rule.at("from").textOr("").equals(caller.region())
                    && rule.at("to").textOr("").equals(locality.region()));
    return named ? 2 : 3;
  }
}
