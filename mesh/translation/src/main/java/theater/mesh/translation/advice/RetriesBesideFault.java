package theater.mesh.translation.advice;

import theater.mesh.translation.spec.SpecNode;

/// Retries beside an injected error: Envoy answers it before the router, which alone retries.
final class RetriesBesideFault implements Advice {
  @Override
  public String code() {
    return "T001";
  }

  @Override
  public void look(Subject subject, Findings found) {
    for (SpecNode http : subject.http()) {
      if (http.at("fault", "abort").present()
          && http.at("retries", "attempts").whole().orElse(0) > 0) {
        found.add(
            http.at("retries"),
            "는 주입한 오류(fault.abort)를 다시 시도하지 않습니다. 호출하는 쪽 Envoy가 라우터보다 먼저 답하기 때문입니다",
            "never act on the injected error (fault.abort): the caller's Envoy answers it before its router");
      }
    }
  }
}
