package theater.mesh.explain.walk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.explain.walk.Explanation.Action;
import theater.mesh.explain.walk.Explanation.Arrival;
import theater.mesh.explain.walk.Explanation.Branch;
import theater.mesh.explain.walk.Explanation.Check;
import theater.mesh.explain.walk.Explanation.Outcome;
import theater.mesh.explain.walk.Explanation.Target;

/// In which ways a request may end, with shares.
final class Outcomes {
  private static final int UNAVAILABLE = 503;
  private final Map<String, Outcome> found = new LinkedHashMap<>();

  private Outcomes() {}

  static List<Outcome> certain(String by, int status, String flag, String reason) {
    return List.of(new Outcome(100, by, status, flag, reason, List.of()));
  }

  static List<Outcome> of(Action action, List<Branch> branches) {
    Outcomes outcomes = new Outcomes();
    double left = 100;
    if (action.abort() != null && action.abort().percent() > 0) {
      outcomes.add(action.abort().percent(), "caller", action.abort().status(), "FI", "fault", "");
      left -= action.abort().percent();
    }
    if (left <= 0) {
      return outcomes.list();
    }
    if (action.redirect() != null) {
      outcomes.add(left, "caller", action.redirect().status(), "-", "redirect", "");
    } else if (action.directResponse() != null) {
      outcomes.add(left, "caller", action.directResponse().status(), "-", "direct-response", "");
    } else {
      for (Branch branch : branches) {
        outcomes.branch(branch, left * branch.percent() / 100);
      }
    }
    return outcomes.list();
  }

  private void branch(Branch branch, double share) {
    if (!branch.exists()) {
      add(share, "caller", UNAVAILABLE, "NC", "no-cluster", branch.cluster());
      return;
    }
    if (branch.host().isEmpty() && branch.targets().isEmpty()) {
      add(share, "outside", 0, "", "passthrough", branch.cluster());
      return;
    }
    List<Target> used = branch.targets().stream().filter(Target::used).toList();
    if (used.isEmpty()) {
      add(share, "caller", UNAVAILABLE, "UH", "no-endpoint", branch.cluster());
      return;
    }
    double weight = used.stream().mapToInt(Target::weight).sum();
    for (Target target : used) {
      List<Arrival> mine =
          branch.arrivals().stream()
              .filter(it ->
                  target.kind().equals("gateway")
                      ? it.context().equals(target.context())
                      : it.pod().equals(target.name()) || it.pod().equals(target.address()))
              .toList();
      double part = share * target.weight() / weight;
      if (mine.isEmpty()) {
        add(part, "service", 0, "", "service", target.name());
      }
      mine.forEach(it -> arrival(it, part / mine.size(), target));
    }
  }

  private void arrival(Arrival arrival, double share, Target target) {
    String where = arrival.pod().isEmpty() ? arrival.context() : arrival.pod();
    switch (arrival.verdict()) {
      case "denied" -> {
        Check last = arrival.steps().getLast();
        boolean token = last.what().equals("jwt");
        add(
            share,
            "server",
            token ? 401 : 403,
            token ? "JWT" : "RBAC",
            token ? "token" : "denied",
            where);
      }
      case "closed" ->
          add(
              share,
              "caller",
              UNAVAILABLE,
              target.kind().equals("gateway") ? "UF" : "UC",
              arrival.steps().getLast().what().equals("gateway") ? "gateway-closed" : "strict-mtls",
              where);
      case "empty" -> add(share, "caller", UNAVAILABLE, "UF", "gateway-empty", where);
      case "unknown" -> add(share, "service", 0, "", "unknown", where);
      default -> add(share, "service", 0, "", "service", where);
    }
  }

  private void add(
      double percent, String by, int status, String flag, String reason, String where) {
    found.merge(
        by + status + flag + reason,
        new Outcome(
            percent, by, status, flag, reason, where.isEmpty() ? List.of() : List.of(where)),
        (a, b) -> {
          List<String> both = new ArrayList<>(a.where());
          b.where().stream().filter(it -> !both.contains(it)).forEach(both::add);
          return new Outcome(a.percent() + b.percent(), by, status, flag, reason, both);
        });
  }

  private List<Outcome> list() {
    return List.copyOf(found.values());
  }
}
