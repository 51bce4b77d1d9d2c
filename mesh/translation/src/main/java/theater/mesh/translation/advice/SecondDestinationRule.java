package theater.mesh.translation.advice;

import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;

/// A second DestinationRule for a host: Istio keeps the trafficPolicy of the oldest.
final class SecondDestinationRule implements Advice {
  @Override
  public String code() {
    return "T008";
  }

  @Override
  public void look(Subject subject, Findings found) {
    SpecNode own = subject.spec().at("trafficPolicy");
    for (Rule other :
        subject.is("DestinationRule")
            ? subject.others("DestinationRule")
            : java.util.List.<Rule>of()) {
      SpecNode policy = other.spec().at("trafficPolicy");
      if (!twins(subject, other) || !own.present() || !policy.present()) {
        continue;
      }
      String name = other.object().name();
      String host = subject.brief(subject.hosts().getFirst());
      if (subject.younger(other)) {
        found.add(
            own,
            "는 아무 일도 하지 않습니다. "
                + host
                + "에는 더 오래된 DestinationRule "
                + name
                + "이(가) 있고, Istio는 그것의 trafficPolicy만 씁니다. 이름을 같게 하거나 오래된 것을 지우세요",
            "does nothing: there is an older DestinationRule "
                + name
                + " for "
                + host
                + ", and Istio keeps only that one's trafficPolicy; use its name, or delete it");
      } else {
        found.add(
            own,
            " 때문에 더 새로운 DestinationRule " + name + "의 trafficPolicy는 아무 일도 하지 않습니다",
            "makes the trafficPolicy of the younger DestinationRule " + name + " do nothing");
      }
      return;
    }
  }

  /// Whether two rules are about one host for the same callers.
  static boolean twins(Subject subject, Rule other) {
    Subject there = new Subject(other, subject.known());
    return other.namespace().equals(subject.rule().namespace())
        && !subject.hosts().isEmpty()
        && there.hosts().equals(subject.hosts())
        && !other.spec().at("workloadSelector").present()
        && !subject.spec().at("workloadSelector").present();
  }
}
