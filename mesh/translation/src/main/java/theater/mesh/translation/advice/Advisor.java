package theater.mesh.translation.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import theater.mesh.view.ConfigObject;

/// Gives advice about objects. A pure function of the object and what is known around it.
public final class Advisor {
  /// So many lines for one object; more are not read.
  public static final int MOST_LINES = 5;

  static final List<Advice> ALL =
      List.of(
          new RetriesBesideFault(),
          new TimeoutBesideDelay(),
          new AbortForBreaker(),
          new ImpossibleEjection(),
          new BreakerSwitchesFailover(),
          new FailoverWithoutBreaker(),
          new RuleOfOneContext(),
          new SecondDestinationRule(),
          new ShadowedSubset(),
          new SeparateFromAndTo(),
          new UnknownHost(),
          new SecondVirtualService(),
          new FaultWithoutPercentage(),
          new RuleBehindCatchAll(),
          new RetriesHideErrors(),
          new SingleRemoteEndpoint(),
          new UnknownSubset());

  /// The codes of all advice.
  public static List<String> codes() {
    return ALL.stream().map(Advice::code).toList();
  }

  /// All advice about one object. Never throws for what a person wrote.
  public List<Advised> advise(ConfigObject object, Known known) {
    Subject subject = Subject.of(object, known);
    List<Advised> result = new ArrayList<>();
    for (Advice advice : ALL) {
      Findings found = new Findings(advice.code());
      advice.look(subject, found);
      result.addAll(found.list());
    }
    return List.copyOf(result);
  }

  /// Lines for a person, one for each code, not more than [#MOST_LINES].
  public static List<String> lines(List<Advised> advised, Locale language) {
    List<String> codes = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Advised one : advised) {
      if (!codes.contains(one.code()) && lines.size() < MOST_LINES) {
        codes.add(one.code());
        lines.add(one.line(language));
      }
    }
    return lines;
  }
}
