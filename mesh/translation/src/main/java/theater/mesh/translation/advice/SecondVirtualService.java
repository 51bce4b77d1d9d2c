package theater.mesh.translation.advice;

import java.util.List;
import theater.mesh.translation.rule.Rule;

/// Two VirtualServices in the mesh for one host do not merge: the older wins.
final class SecondVirtualService implements Advice {
  @Override
  public String code() {
    return "T012";
  }

  @Override
  public void look(Subject subject, Findings found) {
    if (!subject.is("VirtualService") || !subject.inMesh()) {
      return;
    }
    for (Rule other : subject.others("VirtualService")) {
      Subject there = new Subject(other, subject.known());
      List<String> shared = subject.hosts().stream().filter(there.hosts()::contains).toList();
      if (shared.isEmpty() || !there.inMesh()) {
        continue;
      }
      String host = subject.brief(shared.getFirst());
      String name = other.object().name();
      if (subject.younger(other)) {
        found.add(
            subject.spec(),
            "은 "
                + host
                + "에 아무 일도 하지 않습니다. 더 오래된 VirtualService "
                + name
                + "이(가) 이깁니다. 둘은 합쳐지지 않습니다",
            "does nothing for "
                + host
                + ": the older VirtualService "
                + name
                + " wins; the two do not merge");
      } else {
        found.add(
            subject.spec(),
            "은 " + host + "에서 더 새로운 VirtualService " + name + "을(를) 이깁니다. 둘은 합쳐지지 않습니다",
            "wins for "
                + host
                + " over the younger VirtualService "
                + name
                + "; the two do not merge");
      }
      return;
    }
  }
}
