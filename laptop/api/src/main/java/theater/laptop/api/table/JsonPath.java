package theater.laptop.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The JSONPath of printer columns: fields (`.spec.a`, `['a.b']`), `[0]`, `[*]`, and filters by one
/// field, `[?(@.type=="Ready")]`.
final class JsonPath {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.(?<field>(?:\\\\.|[^.\\[\\]\\\\])+)"
              + "|\\['(?<quoted>(?:\\\\.|[^'\\\\])*)'\\]"
              + "|\\[(?<index>-?\\d{1,9}|\\*)\\]"
              + "|\\[\\?\\(\\s*@(?<by>\\.[^=!\\s]+)\\s*(?<compare>==|!=)\\s*(?<value>\"[^\"]*\"|'[^']*'|[^)\\s]+)\\s*\\)\\]");

  private interface Step {
    void from(JsonNode node, List<JsonNode> found);
  }

  private final List<Step> steps;

  private JsonPath(List<Step> steps) {
    this.steps = steps;
  }

  /// A path that is none finds nothing: the definition that has it was checked.
  static JsonPath parse(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!step.find(at) || step.start() != at) {
        return new JsonPath(List.of((_, _) -> {}));
      }
      steps.add(step(step));
      at = step.end();
    }
    return new JsonPath(steps);
  }

  private static Step step(Matcher step) {
    String name = step.group("field") != null ? step.group("field") : step.group("quoted");
    if (name != null) {
      String field = name.replaceAll("\\\\(.)", "$1");
      return (node, found) -> keep(node.path(field), found);
    }
    String index = step.group("index");
    if (index == null) {
      return filter(step);
    }
    return index.equals("*")
        ? (node, found) -> node.forEach(found::add)
        : (node, found) -> {
          int number = Integer.parseInt(index);
          keep(node.path(number < 0 ? node.size() + number : number), found);
        };
  }

  private static Step filter(Matcher step) {
    JsonPath by = parse(step.group("by"));
    String value = step.group("value").replaceAll("^[\"']|[\"']$", "");
    boolean equal = step.group("compare").equals("==");
    return (node, found) -> {
      for (JsonNode item : node) {
        List<JsonNode> own = by.find(item);
        if (!own.isEmpty() && own.getFirst().asText().equals(value) == equal) {
          found.add(item);
        }
      }
    };
  }

  private static void keep(JsonNode node, List<JsonNode> found) {
    if (!node.isMissingNode()) {
      found.add(node);
    }
  }

  /// All that the path leads to, in order.
  List<JsonNode> find(JsonNode root) {
    List<JsonNode> at = List.of(root);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      at.forEach(node -> step.from(node, next));
      at = next;
    }
    return at;
  }
}
