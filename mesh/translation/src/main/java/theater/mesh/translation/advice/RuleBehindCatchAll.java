package theater.mesh.translation.advice;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import theater.mesh.translation.spec.SpecNode;

/// A rule behind one that takes every request.
final class RuleBehindCatchAll implements Advice {
  private static final Set<String> HARMLESS = Set.of("name", "uri", "ignoreUriCase");

  @Override
  public String code() {
    return "T014";
  }

  @Override
  public void look(Subject subject, Findings found) {
    List<SpecNode> http = subject.http();
    for (int i = 0; i < http.size() - 1; i++) {
      if (takesAll(http.get(i))) {
        found.add(
            http.get(i + 1),
            "에는 요청이 오지 않습니다. 앞의 " + http.get(i).path() + "이 모든 요청을 받습니다. 조건이 있는 규칙을 앞에 두세요",
            "gets no request: "
                + http.get(i).path()
                + " before it takes them all; put rules with conditions first");
        return;
      }
    }
  }

  private static boolean takesAll(SpecNode http) {
    List<SpecNode> matches = http.at("match").items();
    return matches.isEmpty() || matches.stream().anyMatch(RuleBehindCatchAll::every);
  }

  private static boolean every(SpecNode match) {
    Set<String> fields = new TreeSet<>(match.entries().keySet());
    fields.removeAll(HARMLESS);
    String prefix = match.at("uri", "prefix").textOr("none");
    return fields.isEmpty()
        && (!match.at("uri").present() || prefix.equals("/") || prefix.isEmpty());
  }
}
