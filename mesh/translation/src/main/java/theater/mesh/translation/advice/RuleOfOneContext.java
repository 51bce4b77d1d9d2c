package theater.mesh.translation.advice;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.Problems;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Endpoint;

/// A rule that only one context has, although pods of another context call the host, too: each
/// context's rules act on callers in that context.
final class RuleOfOneContext implements Advice {
  @Override
  public String code() {
    return "T007";
  }

  @Override
  public void look(Subject subject, Findings found) {
    boolean rule =
        subject.is("VirtualService") && subject.inMesh() || subject.is("DestinationRule");
    for (String host : rule ? subject.hosts() : List.<String>of()) {
      for (Map.Entry<String, List<ConfigObject>> other :
          new TreeMap<>(subject.known().elsewhere()).entrySet()) {
        long callers = callers(subject, other.getKey(), host);
        if (callers > 0 && !has(subject, other.getValue(), host)) {
          String own = subject.view().context();
          String there = other.getKey();
          String name = subject.brief(host);
          found.add(
              subject.spec(),
              "은 "
                  + own
                  + "에서 부르는 파드에만 작용합니다. "
                  + there
                  + "에는 "
                  + name
                  + "의 규칙이 없고, 그곳의 파드 "
                  + callers
                  + "개는 이 규칙 없이 부릅니다. "
                  + there
                  + "에도 적용하세요",
              "acts only on callers in "
                  + own
                  + ": "
                  + there
                  + " has no such rule for "
                  + name
                  + ", and its "
                  + callers
                  + (callers == 1 ? " pod calls" : " pods call")
                  + " without it; apply it there, too");
          return;
        }
      }
    }
  }

  /// Pods with a sidecar in that context that are not the host's own.
  private static long callers(Subject subject, String context, String host) {
    List<String> own = subject.endpoints(host).stream().map(Endpoint::address).toList();
    return subject.view().endpoints().stream()
        .filter(endpoint ->
            endpoint.context().equals(context)
                && endpoint.workload().sidecar()
                && endpoint.serviceNamespace().equals(subject.rule().namespace())
                && !own.contains(endpoint.address()))
        .map(Endpoint::address)
        .distinct()
        .count();
  }

  private static boolean has(Subject subject, List<ConfigObject> objects, String host) {
    String kind = subject.rule().object().kind();
    for (Rule other : Rule.ofKind(objects, kind, new Problems())) {
      Subject there = new Subject(other, subject.known());
      if (there.hosts().stream().anyMatch(written -> HostName.covers(written, host))) {
        return true;
      }
    }
    return false;
  }
}
