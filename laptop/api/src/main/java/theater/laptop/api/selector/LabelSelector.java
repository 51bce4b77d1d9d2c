package theater.laptop.api.selector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import theater.laptop.api.status.StatusException;

/// `app=redis,cluster in (ctx1),!canary`.
public final class LabelSelector {
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*(?:(!)\\s*([^\\s=!,()]+)|([^\\s=!,()]+)(?:\\s*(==|=|!=)\\s*([^\\s,()]*)|\\s+(in|notin)\\s*\\(([^)]*)\\))?)\\s*(?:,|$)");
  private final List<Requirement> requirements;

  private LabelSelector(List<Requirement> requirements) {
    this.requirements = requirements;
  }

  /// @param text null or empty selects everything
  public static LabelSelector parse(String text) {
    List<Requirement> requirements = new ArrayList<>();
    if (text == null || text.isBlank()) {
      return new LabelSelector(requirements);
    }
    Matcher term = TERM.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!term.find(at) || term.start() != at) {
        throw StatusException.badRequest(
            "unable to parse requirement: found '"
                + text.substring(at)
                + "', expected a label selector");
      }
      requirements.add(requirement(term));
      at = term.end();
    }
    return new LabelSelector(requirements);
  }

  private static Requirement requirement(Matcher term) {
    if (term.group(1) != null) {
      return new Requirement(term.group(2), "!", Set.of());
    }
    if (term.group(4) != null) {
      return new Requirement(
          term.group(3), term.group(4).equals("!=") ? "notin" : "in", Set.of(term.group(5)));
    }
    if (term.group(6) != null) {
      return new Requirement(
          term.group(3), term.group(6), Set.of(term.group(7).strip().split("\\s*,\\s*")));
    }
    return new Requirement(term.group(3), "exists", Set.of());
  }

  /// Whether these labels (a JSON object or nothing) are selected.
  public boolean matches(JsonNode labels) {
    return requirements.stream().allMatch(requirement -> requirement.matches(labels));
  }

  /// Whether `spec.selector.matchLabels` and `matchExpressions` select these labels.
  public static boolean matches(JsonNode selector, JsonNode labels) {
    for (Map.Entry<String, JsonNode> entry : selector.path("matchLabels").properties()) {
      if (!entry.getValue().asText().equals(labels.path(entry.getKey()).asText(null))) {
        return false;
      }
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      List<String> values = new ArrayList<>();
      expression.path("values").forEach(value -> values.add(value.asText()));
      String operator =
          switch (expression.path("operator").asText()) {
            case "In" -> "in";
            case "NotIn" -> "notin";
            case "Exists" -> "exists";
            default -> "!";
          };
      if (!new Requirement(expression.path("key").asText(), operator, Set.copyOf(values))
          .matches(labels)) {
        return false;
      }
    }
    return true;
  }

  private record Requirement(String key, String operator, Set<String> values) {
    boolean matches(JsonNode labels) {
      JsonNode value = labels.path(key);
      return switch (operator) {
        case "!" -> value.isMissingNode();
        case "exists" -> !value.isMissingNode();
        case "in" -> !value.isMissingNode() && values.contains(value.asText());
        default -> value.isMissingNode() || !values.contains(value.asText());
      };
    }
  }
}
