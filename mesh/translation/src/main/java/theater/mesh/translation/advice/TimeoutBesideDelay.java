package theater.mesh.translation.advice;

import theater.mesh.translation.spec.SpecNode;

/// A timeout beside an injected delay: its clock starts after the delay.
final class TimeoutBesideDelay implements Advice {
  @Override
  public String code() {
    return "T002";
  }

  @Override
  public void look(Subject subject, Findings found) {
    for (SpecNode http : subject.http()) {
      if (http.at("timeout").present() && http.at("fault", "delay").present()) {
        found.add(
            http.at("timeout"),
            "은 주입한 지연(fault.delay)을 끊지 않습니다. 시간은 지연이 끝난 뒤부터 잽니다",
            "does not cut the injected delay (fault.delay): its clock starts after the delay");
      }
    }
  }
}
