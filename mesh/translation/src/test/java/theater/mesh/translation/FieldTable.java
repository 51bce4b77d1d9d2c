package theater.mesh.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import theater.laptop.schemas.ObjectSchema;
import theater.laptop.schemas.Schemas;
import theater.laptop.schemas.Type;
import theater.mesh.translation.spec.ModelledFields;

/// Which fields of a kind's schema some feature declares. What is modelled as a whole, or not at
/// all, is one row.
final class FieldTable {
  private static final int DEEPEST = 12;

  private enum State {
    MODELLED,
    PARTLY,
    NOT
  }

  private record Node(State state, Map<String, Node> children) {}

  private final Schemas schemas;

  FieldTable(Schemas schemas) {
    this.schemas = schemas;
  }

  String of(ObjectSchema kind, ModelledFields fields) {
    Node spec = node("spec", kind.fields().get("spec"), Optional.of(fields), 0);
    List<String> rows = new ArrayList<>(List.of("| field | modelled |", "|---|---|"));
    spec.children().forEach((name, child) -> rows(name, child, rows));
    return String.join("\n", rows) + "\n";
  }

  private static void rows(String path, Node node, List<String> rows) {
    if (node.state() == State.PARTLY) {
      node.children()
          .forEach((name, child) ->
              rows(name.equals("[]") ? path + name : path + "." + name, child, rows));
    } else {
      rows.add("| `" + path + "` | " + (node.state() == State.MODELLED ? "yes" : "**no**") + " |");
    }
  }

  private Node node(String path, Type type, Optional<ModelledFields> declared, int depth) {
    if (declared.isEmpty()) {
      return new Node(State.NOT, Map.of());
    }
    Map<String, Node> children = new TreeMap<>();
    if (depth < DEEPEST && type instanceof Type.ListOf list) {
      children.put("[]", node(path + "[]", list.item(), declared.get().below("[]"), depth + 1));
    } else if (depth < DEEPEST && type instanceof Type.MapOf map) {
      children.put("*", node(path + ".*", map.value(), declared.get().below("*"), depth + 1));
    } else if (depth < DEEPEST && type instanceof Type.Ref reference) {
      Map<String, Type> known = schemas.object(reference.name()).fields();
      TreeSet<String> names = new TreeSet<>(known.keySet());
      List<String> unknown =
          declared.get().names().stream()
              .filter(name -> !name.contains("*") && !known.containsKey(name))
              .toList();
      assertThat(unknown).as("declared below %s, which has %s", path, known.keySet()).isEmpty();
      names.forEach(name ->
          children.put(
              name,
              node(path + "." + name, known.get(name), declared.get().below(name), depth + 1)));
    }
    State state =
        children.values().stream().allMatch(child -> child.state() == State.MODELLED)
            ? State.MODELLED
            : State.PARTLY;
    return new Node(state, children);
  }
}
