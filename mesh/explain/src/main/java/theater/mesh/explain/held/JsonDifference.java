package theater.mesh.explain.held;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import theater.mesh.explain.held.ObjectChange.Field;

/// The places in which two JSON values differ, deepest first named: `spec.http[1].timeout`.
public final class JsonDifference {
  private JsonDifference() {}

  /// Adds at most so many differences.
  public static void between(
      String path, JsonNode before, JsonNode after, List<Field> fields, int most) {
    if (before.equals(after) || fields.size() >= most) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      names.forEach(
          name -> between(path + "." + name, before.path(name), after.path(name), fields, most));
    } else if (before.isArray() && after.isArray()) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        between(path + "[" + i + "]", before.path(i), after.path(i), fields, most);
      }
    } else {
      fields.add(new Field(path, text(before), text(after)));
    }
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "" : node.isTextual() ? node.textValue() : node.toString();
  }
}
