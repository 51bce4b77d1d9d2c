package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Which labels to take (Kubernetes: labels.Selector, metav1.LabelSelector). All requirements must
/// hold; none takes everything.
public record LabelSelector(List<Requirement> requirements) {
  /// Takes everything.
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /// What one label must be.
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST,
    GREATER,
    LESS
  }

  /// One label's condition.
  public record Requirement(String key, Operator operator, List<String> values) {
    public Requirement {
      values = List.copyOf(values);
    }

    boolean matches(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case DOES_NOT_EXIST -> value == null;
        case GREATER ->
            compares(value) && Long.parseLong(value) > Long.parseLong(values.getFirst());
        case LESS -> compares(value) && Long.parseLong(value) < Long.parseLong(values.getFirst());
      };
    }

    private boolean compares(String value) {
      return value != null
          && value.matches("-?\\d{1,18}")
          && values.getFirst().matches("-?\\d{1,18}");
    }

    @Override
    public String toString() {
      return switch (operator) {
        case IN -> values.size() == 1 ? key + "=" + values.getFirst() : key + " in " + list();
        case NOT_IN ->
            values.size() == 1 ? key + "!=" + values.getFirst() : key + " notin " + list();
        case EXISTS -> key;
        case DOES_NOT_EXIST -> "!" + key;
        case GREATER -> key + ">" + values.getFirst();
        case LESS -> key + "<" + values.getFirst();
      };
    }

    private String list() {
      return "(" + String.join(",", values) + ")";
    }
  }

  /// The text form of `kubectl -l`: `app=user,cluster in (ctx1,ctx2),!canary`. Null and empty take
  /// everything.
  ///
  /// @throws IllegalArgumentException naming what was found and what was expected
  public static LabelSelector parse(String text) {
    return text == null || text.isBlank() ? EVERYTHING : new LabelSelectorParser(text).parse();
  }

  /// A metav1.LabelSelector: `matchLabels` and `matchExpressions`. A missing node takes everything.
  ///
  /// @throws IllegalArgumentException for an unknown operator
  public static LabelSelector of(JsonNode selector) {
    List<Requirement> all =
        new ArrayList<>(of(Meta.texts(selector.path("matchLabels"))).requirements);
    for (JsonNode expression : selector.path("matchExpressions")) {
      List<String> values = new ArrayList<>();
      expression.path("values").forEach(value -> values.add(value.asText()));
      all.add(
          new Requirement(
              expression.path("key").asText(),
              operator(expression.path("operator").asText()),
              values));
    }
    return new LabelSelector(all);
  }

  /// Equality of every label, as in a Service's selector.
  public static LabelSelector of(Map<String, String> labels) {
    return new LabelSelector(
        labels.entrySet().stream()
            .map(e -> new Requirement(e.getKey(), Operator.IN, List.of(e.getValue())))
            .toList());
  }

  public boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.matches(labels));
  }

  /// Whether an object's labels match.
  public boolean matches(JsonNode object) {
    return requirements.isEmpty() || matches(Meta.labels(object));
  }

  /// The text form, which [#parse] reads.
  @Override
  public String toString() {
    return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
  }

  private static Operator operator(String name) {
    return switch (name) {
      case "In" -> Operator.IN;
      case "NotIn" -> Operator.NOT_IN;
      case "Exists" -> Operator.EXISTS;
      case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
      default ->
          throw new IllegalArgumentException(
              "\""
                  + name
                  + "\" is not a label selector operator; expected In, NotIn, Exists or DoesNotExist");
    };
  }
}
