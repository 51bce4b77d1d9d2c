package theater.mesh.translation.advice;

import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.Problem;

/// Fields and kinds that have no effect here, in the form of advice: all fields of an object in one
/// line.
public final class Unmodelled {
  /// A field, or a value of it.
  public static final String FIELD = "T900";

  /// A whole kind.
  public static final String KIND = "T901";

  private static final int MOST_FIELDS = 4;

  private Unmodelled() {}

  /// @param problems of one object
  public static List<Advised> of(List<Problem> problems) {
    List<Problem> found =
        problems.stream()
            .filter(problem -> problem.severity() == Problem.Severity.NOT_MODELLED)
            .toList();
    if (found.isEmpty()) {
      return List.of();
    }
    Problem first = found.getFirst();
    if (first.field().equals("spec")) {
      String kind = first.object().split(" ")[0];
      return List.of(
          new Advised(
              KIND,
              first.object(),
              first.field(),
              "은(는) 효과가 없습니다. Theater는 " + kind + "을(를) 아직 다루지 않습니다",
              "has no effect: Theater does not model " + kind + " yet"));
    }
    List<String> fields = new ArrayList<>();
    for (Problem problem : found.subList(0, Math.min(found.size(), MOST_FIELDS))) {
      String value = problem.text().replace(" is not modelled yet and has no effect", "");
      fields.add(
          problem.field()
              + (value.equals(problem.text()) || value.startsWith("is ")
                  ? ""
                  : " (" + value + ")"));
    }
    int more = found.size() - fields.size();
    return List.of(
        new Advised(
            FIELD,
            first.object(),
            String.join(", ", fields),
            (more > 0 ? " 외 " + more + "개는" : "은(는)") + " 효과가 없습니다. Theater가 아직 다루지 않는 필드입니다",
            (more > 0 ? "and " + more + " more have" : fields.size() > 1 ? "have" : "has")
                + " no effect: not modelled yet"));
  }
}
