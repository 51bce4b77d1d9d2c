package theater.mesh.translation.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.rule.Subset;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Endpoint;

/// A breaker that can eject nobody: the share of the endpoints that may be ejected comes to less
/// than one. Of another context there is one endpoint, its gateway; a subset of that alone is told
/// only when nothing else of the rule can be ejected either.
final class ImpossibleEjection implements Advice {
  private static final int DEFAULT_PERCENT = 10;

  private record Part(String name, long local, long remote, long percent, SpecNode place) {
    long count() {
      return local + remote;
    }

    boolean impossible() {
      return count() > 0 && count() * percent < 100;
    }
  }

  @Override
  public String code() {
    return "T004";
  }

  @Override
  public void look(Subject subject, Findings found) {
    if (!subject.is("DestinationRule")) {
      return;
    }
    for (String host : subject.hosts()) {
      List<Part> parts = parts(subject, subject.endpoints(host));
      boolean some = parts.stream().anyMatch(part -> part.count() > 0 && !part.impossible());
      parts.stream()
          .filter(part -> part.impossible() && (part.local() > 0 || !some))
          .findFirst()
          .ifPresent(part -> tell(part, found));
    }
  }

  private static List<Part> parts(Subject subject, List<Endpoint> endpoints) {
    SpecNode shared = subject.spec().at("trafficPolicy", "outlierDetection");
    List<Part> parts = new ArrayList<>();
    for (SpecNode node : subject.spec().at("subsets").items()) {
      SpecNode own = node.at("trafficPolicy", "outlierDetection");
      SpecNode breaker = own.present() ? own : shared;
      Map<String, String> labels = node.at("labels").texts();
      Subset subset = new Subset(node.at("name").textOr(""), labels, breaker);
      add(
          subject,
          "subset " + subset.name(),
          breaker,
          endpoints.stream()
              .filter(endpoint -> subset.selects(endpoint.workload().labels()))
              .toList(),
          parts);
    }
    if (parts.isEmpty()) {
      add(subject, "host", shared, endpoints, parts);
    }
    return parts;
  }

  private static void add(
      Subject subject, String name, SpecNode breaker, List<Endpoint> endpoints, List<Part> to) {
    if (!breaker.present()) {
      return;
    }
    String own = subject.view().context();
    long local =
        endpoints.stream()
            .filter(endpoint -> endpoint.context().equals(own))
            .map(Endpoint::address)
            .distinct()
            .count();
    long remote =
        endpoints.stream()
            .map(Endpoint::context)
            .filter(context -> !context.equals(own))
            .distinct()
            .count();
    long percent = breaker.at("maxEjectionPercent").whole().orElse(DEFAULT_PERCENT);
    to.add(new Part(name, local, remote, percent == 0 ? DEFAULT_PERCENT : percent, breaker));
  }

  private static void tell(Part part, Findings found) {
    long needed = (99 + part.count()) / part.count();
    found.add(
        part.place(),
        "는 아무도 내보내지 못합니다. "
            + part.name()
            + "의 엔드포인트는 지금 "
            + part.count()
            + "개이고, maxEjectionPercent "
            + part.percent()
            + "%는 하나가 되지 않습니다. 하나를 내보내려면 "
            + needed
            + "% 이상이어야 합니다",
        "can eject nobody: "
            + part.name()
            + " has "
            + part.count()
            + (part.count() == 1 ? " endpoint" : " endpoints")
            + " now, and maxEjectionPercent "
            + part.percent()
            + " % of that is less than one; one needs "
            + needed
            + " % or more");
  }
}
