package theater.mesh.translation.advice;

import theater.mesh.translation.spec.SpecNode;

/// Outlier detection switches locality failover on: the other context gets no request while the own
/// one is healthy.
final class BreakerSwitchesFailover implements Advice {
  @Override
  public String code() {
    return "T005";
  }

  @Override
  public void look(Subject subject, Findings found) {
    if (!subject.is("DestinationRule")) {
      return;
    }
    SpecNode policy = subject.spec().at("trafficPolicy");
    if (switches(policy, policy)) {
      for (String host : subject.hosts()) {
        Spread.of(subject, host).ifPresent(what -> tell(policy, what, found));
      }
      return;
    }
    for (SpecNode subset : subject.spec().at("subsets").items()) {
      SpecNode own = subset.at("trafficPolicy");
      if (switches(own, own.at("loadBalancer").present() ? own : policy)) {
        for (String host : subject.hosts()) {
          Spread.of(subject, host, subset).ifPresent(what -> tell(own, what, found));
        }
      }
    }
  }

  /// @param balanced the policy whose load balancer acts
  private static boolean switches(SpecNode policy, SpecNode balanced) {
    SpecNode locality = balanced.at("loadBalancer", "localityLbSetting");
    boolean off = locality.at("enabled").present() && !locality.at("enabled").flag();
    boolean wanted =
        !locality.at("failover").items().isEmpty()
            || !locality.at("failoverPriority").items().isEmpty()
            || !locality.at("distribute").items().isEmpty();
    return policy.at("outlierDetection").present() && !off && !wanted;
  }

  private static void tell(SpecNode policy, String what, Findings found) {
    found.add(
        policy.at("outlierDetection"),
        "는 지역 장애 조치도 켭니다. "
            + what
            + "의 파드가 두 컨텍스트에 있으므로, 이 컨텍스트가 건강한 동안 다른 쪽은 요청을 받지 않습니다. 원하지 않으면 localityLbSetting.enabled: false",
        "also switches locality failover on: "
            + what
            + " has pods in both contexts, and the other one gets no request while this one is healthy; localityLbSetting.enabled: false if you do not want that");
  }
}
