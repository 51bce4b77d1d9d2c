package theater.mesh.translation.advice;

import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Retries of a pod's errors on a host that has a breaker: each try counts, but callers see few of
/// the errors.
final class RetriesHideErrors implements Advice {
  @Override
  public String code() {
    return "T015";
  }

  @Override
  public void look(Subject subject, Findings found) {
    subject.ownBreaker().ifPresent(breaker -> fromBreaker(breaker, subject, found));
    for (SpecNode http : subject.http()) {
      boolean breaker =
          http.at("route").items().stream()
              .map(route -> subject.inFull(route.at("destination", "host").textOr("")))
              .anyMatch(host -> subject.breaker(host).isPresent());
      if (hides(http) && breaker) {
        found.add(
            http.at("retries", "retryOn"),
            " 때문에 차단기가 기다리는 오류를 부르는 쪽은 거의 보지 못합니다. 시도마다 세므로, 오류가 보이지 않아도 파드가 빠질 수 있습니다",
            "hides the errors that the breaker waits for: every try counts, so a pod may be ejected although callers saw no error");
        return;
      }
    }
  }

  /// The breaker comes second.
  private static void fromBreaker(SpecNode breaker, Subject subject, Findings found) {
    subject.hosts().stream()
        .flatMap(host -> subject.routesTo(host).stream())
        .filter(RetriesHideErrors::hides)
        .findFirst()
        .ifPresent(http ->
            found.add(
                breaker,
                "가 기다리는 오류를 부르는 쪽은 거의 보지 못합니다. "
                    + http.object()
                    + "이(가) 그 오류를 다시 시도합니다. 시도마다 세므로, 오류가 보이지 않아도 파드가 빠질 수 있습니다",
                "waits for errors that "
                    + http.object()
                    + " retries: every try counts, so a pod may be ejected although callers saw no error"));
  }

  private static boolean hides(SpecNode http) {
    SpecNode retries = http.at("retries");
    return retries.at("attempts").whole().orElse(0) > 0
        && List.of(retries.at("retryOn").textOr("").split(",")).stream()
            .map(String::strip)
            .anyMatch(
                on -> on.equals("5xx") || on.equals("gateway-error") || on.matches("5\\d\\d"));
  }
}
