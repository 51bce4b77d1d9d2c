package theater.laptop.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.Function;
import theater.laptop.api.json.Json;

/// One column.
///
/// @param type `string`, `integer`, `number`, `boolean`, `date`
/// @param wide whether only `-o wide` shows it
record Column(
    String name,
    String type,
    String format,
    String description,
    boolean wide,
    Function<ObjectNode, JsonNode> cell) {

  private Column(String name, String type, boolean wide, Function<ObjectNode, JsonNode> cell) {
    this(name, type, "", "", wide, cell);
  }

  static Column text(String name, Function<ObjectNode, String> cell) {
    return new Column(name, "string", false, object -> TextNode.valueOf(cell.apply(object)));
  }

  static Column wide(String name, Function<ObjectNode, String> cell) {
    return new Column(name, "string", true, object -> TextNode.valueOf(cell.apply(object)));
  }

  static Column number(String name, Function<ObjectNode, Integer> cell) {
    return new Column(name, "integer", false, object -> IntNode.valueOf(cell.apply(object)));
  }

  /// A column of a custom resource: what the path leads to as it is, an empty cell for nothing.
  static Column path(String name, String... path) {
    return new Column(
        name,
        "string",
        false,
        object -> {
          JsonNode at = object;
          for (String step : path) {
            at = at.path(step);
          }
          return at.isMissingNode()
              ? NullNode.instance
              : TextNode.valueOf(at.isContainerNode() ? at.toString() : at.asText());
        });
  }

  /// An integer at a path, 0 when absent.
  static Column count(String name, String... path) {
    return number(
        name,
        object -> {
          JsonNode at = object;
          for (String step : path) {
            at = at.path(step);
          }
          return at.asInt(0);
        });
  }

  static Column nameColumn() {
    return new Column("Name", "string", false, object -> TextNode.valueOf(Json.name(object)));
  }
}
