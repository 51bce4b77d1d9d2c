package theater.mesh.translation.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;

/// A destination whose subset no DestinationRule for its host has, wherever that rule is.
final class UnknownSubset implements Advice {
  @Override
  public String code() {
    return "T017";
  }

  @Override
  public void look(Subject subject, Findings found) {
    for (SpecNode destination : destinations(subject)) {
      String host = subject.inFull(destination.at("host").textOr(""));
      String name = destination.at("subset").textOr("");
      // A host that nobody has is another mistake.
      if (name.isEmpty() || !subject.exists(host)) {
        continue;
      }
      List<String> there = subsets(subject, host);
      if (!there.contains(name)) {
        String brief = subject.brief(host);
        String all = String.join(", ", there);
        found.add(
            destination.at("subset"),
            "("
                + name
                + ")은(는) 없는 subset입니다. "
                + (there.isEmpty()
                    ? brief + "의 subset을 정한 DestinationRule이 없어서"
                    : brief + "의 DestinationRule에는 " + all + "만 있어서")
                + " 이 목적지로 가는 요청은 503이 됩니다",
            "("
                + name
                + ") is nobody's subset: "
                + (there.isEmpty()
                    ? "no DestinationRule has subsets of " + brief
                    : "the DestinationRule for " + brief + " has " + all)
                + ", so requests that go there get 503");
      }
    }
  }

  private static List<SpecNode> destinations(Subject subject) {
    List<SpecNode> result = new ArrayList<>();
    if (subject.is("VirtualService")) {
      for (String protocol : List.of("http", "tls", "tcp")) {
        for (SpecNode rule : subject.spec().at(protocol).items()) {
          rule.at("route").items().forEach(route -> result.add(route.at("destination")));
        }
      }
    }
    return result;
  }

  /// Of every rule that may count for some caller.
  private static List<String> subsets(Subject subject, String host) {
    TreeSet<String> names = new TreeSet<>();
    for (Rule rule : subject.all("DestinationRule")) {
      String its = rule.resolve(rule.spec().at("host").textOr(""), subject.view().mesh());
      if (HostName.covers(its, host)) {
        rule.spec().at("subsets").items().forEach(it -> names.add(it.at("name").textOr("")));
      }
    }
    return List.copyOf(names);
  }
}
