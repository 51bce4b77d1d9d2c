package theater.mesh.translation.advice;

import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// A fault without a share of requests: it does nothing.
final class FaultWithoutPercentage implements Advice {
  @Override
  public String code() {
    return "T013";
  }

  @Override
  public void look(Subject subject, Findings found) {
    for (SpecNode http : subject.http()) {
      for (String kind : List.of("delay", "abort")) {
        SpecNode fault = http.at("fault", kind);
        boolean share =
            fault.at("percentage", "value").number().orElse(0.0) > 0
                || fault.at("percent").whole().orElse(0) > 0;
        if (fault.present() && !share) {
          found.add(
              fault,
              "에 percentage.value가 없어서(또는 0이어서) 아무 일도 일어나지 않습니다. 모든 요청이면 percentage: {value: 100}",
              "has no percentage.value (or 0) and does nothing; for every request: percentage: {value: 100}");
        }
      }
    }
  }
}
