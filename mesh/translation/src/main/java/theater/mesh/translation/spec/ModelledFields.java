package theater.mesh.translation.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The fields of one kind that some feature declares, as paths: `http[].fault.abort.httpStatus`,
/// `*` for any name, `**` for everything below. Whatever a spec holds beyond them is not modelled;
/// no schema is needed to know.
public final class ModelledFields {
  private final Map<String, ModelledFields> children = new HashMap<>();

  /// From paths relative to the spec.
  public static ModelledFields of(List<String> paths) {
    ModelledFields root = new ModelledFields();
    for (String path : paths) {
      ModelledFields node = root;
      for (String step : path.replace("[]", ".[]").split("\\.")) {
        node = node.children.computeIfAbsent(step, _ -> new ModelledFields());
      }
    }
    return root;
  }

  /// What is declared below a field; `[]` is any element of a list, `*` any name.
  public Optional<ModelledFields> below(String step) {
    return children.containsKey("**")
        ? Optional.of(this)
        : Optional.ofNullable(children.getOrDefault(step, children.get("*")));
  }

  /// The declared names, sorted.
  public SortedSet<String> names() {
    return new TreeSet<>(children.keySet());
  }

  /// Tells each highest field that nobody declares, by its path: `spec.http[0].mirror`.
  public void unknown(String path, JsonNode json, Consumer<String> told) {
    if (children.containsKey("**")) {
      return;
    }
    if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        child("[]", path + "[" + i + "]", json.get(i), told);
      }
    } else if (json.isObject()) {
      json.fieldNames()
          .forEachRemaining(name -> child(name, path + "." + name, json.get(name), told));
    }
  }

  private void child(String step, String path, JsonNode json, Consumer<String> told) {
    ModelledFields child = children.getOrDefault(step, children.get("*"));
    if (child != null) {
      child.unknown(path, json, told);
    } else if (!json.isNull()) {
      told.accept(path);
    }
  }
}
