package theater.mesh.translation.advice;

import java.util.List;
import theater.mesh.translation.names.HostName;
import theater.mesh.view.Endpoint;

/// A Service of which the only pod is in another context: that pod, the link and the gateway are
/// all single points of failure.
final class SingleRemoteEndpoint implements Advice {
  @Override
  public String code() {
    return "T016";
  }

  @Override
  public void look(Subject subject, Findings found) {
    String name = subject.rule().object().name();
    List<String> hosts =
        subject.is("Service")
            ? List.of(HostName.resolve(name, subject.rule().namespace(), subject.view().mesh()))
            : subject.is("DestinationRule") ? subject.hosts() : List.<String>of();
    for (String host : hosts) {
      List<Endpoint> endpoints = subject.endpoints(host);
      long pods = endpoints.stream().map(Endpoint::address).distinct().count();
      if (pods == 1 && !endpoints.getFirst().context().equals(subject.view().context())) {
        String there = endpoints.getFirst().context();
        String service = subject.brief(host);
        found.add(
            subject.spec(),
            "의 "
                + service
                + "은(는) "
                + there
                + "의 파드 하나뿐입니다. 그 파드, 두 컨텍스트 사이의 길, "
                + there
                + "의 게이트웨이 가운데 하나만 멈춰도 여기서는 쓸 수 없습니다",
            "leads to one pod, in "
                + there
                + ": when that pod, the way between the contexts or the gateway of "
                + there
                + " stops, "
                + service
                + " is gone here");
      }
    }
  }
}
