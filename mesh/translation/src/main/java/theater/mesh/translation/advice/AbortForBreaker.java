package theater.mesh.translation.advice;

import java.util.Optional;
import theater.mesh.translation.spec.SpecNode;

/// An injected error on a host that has a breaker: outlier detection never sees it.
final class AbortForBreaker implements Advice {
  @Override
  public String code() {
    return "T003";
  }

  @Override
  public void look(Subject subject, Findings found) {
    subject.ownBreaker().ifPresent(breaker -> fromBreaker(breaker, subject, found));
    for (SpecNode http : subject.http()) {
      SpecNode abort = http.at("fault", "abort");
      Optional<String> host =
          !abort.present()
              ? Optional.empty()
              : http.at("route").items().stream()
                  .map(route -> subject.inFull(route.at("destination", "host").textOr("")))
                  .filter(name -> subject.breaker(name).isPresent())
                  .findFirst();
      if (host.isPresent()) {
        String name = subject.brief(host.get());
        found.add(
            abort,
            "는 "
                + name
                + "의 차단기(outlierDetection)를 움직이지 않습니다. 파드가 답한 오류만 셉니다. 아픈 파드는 ./theater fault로 만드세요",
            "never trips the breaker (outlierDetection) of "
                + name
                + ": it counts what pods answer; make a pod sick with ./theater fault");
        return;
      }
    }
  }

  /// The breaker comes second.
  private static void fromBreaker(SpecNode breaker, Subject subject, Findings found) {
    subject.hosts().stream()
        .flatMap(host -> subject.routesTo(host).stream())
        .filter(http -> http.at("fault", "abort").present())
        .findFirst()
        .ifPresent(http ->
            found.add(
                breaker,
                "는 "
                    + http.object()
                    + "이(가) 주입하는 오류(fault.abort)로는 움직이지 않습니다. 파드가 답한 오류만 셉니다. 아픈 파드는 ./theater fault로 만드세요",
                "is never tripped by the errors that "
                    + http.object()
                    + " injects (fault.abort): it counts what pods answer; make a pod sick with ./theater fault"));
  }
}
