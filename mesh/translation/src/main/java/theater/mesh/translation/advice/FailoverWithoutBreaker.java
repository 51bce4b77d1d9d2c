package theater.mesh.translation.advice;

import theater.mesh.translation.spec.SpecNode;

/// Failover without outlier detection: nobody notices that an endpoint is ill.
final class FailoverWithoutBreaker implements Advice {
  @Override
  public String code() {
    return "T006";
  }

  @Override
  public void look(Subject subject, Findings found) {
    if (!subject.is("DestinationRule")) {
      return;
    }
    SpecNode shared = subject.spec().at("trafficPolicy", "outlierDetection");
    for (SpecNode policy : Breakers.policies(subject.spec())) {
      SpecNode locality = policy.at("loadBalancer", "localityLbSetting");
      boolean failover =
          !locality.at("failover").items().isEmpty()
              || !locality.at("failoverPriority").items().isEmpty();
      boolean breaker = policy.at("outlierDetection").present();
      boolean inherited = policy.path().contains("subsets[") && shared.present();
      if (failover && !breaker && !inherited) {
        found.add(
            locality,
            "에 outlierDetection이 없습니다. 아픈 엔드포인트를 아무도 알아채지 못하므로 장애 조치가 일어나지 않습니다",
            "has no outlierDetection beside it: nobody notices an ill endpoint, so there is no failover");
        return;
      }
    }
  }
}
