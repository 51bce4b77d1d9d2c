package theater.laptop.api.table;

import static theater.laptop.api.table.Column.nameColumn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.custom.CustomVersion;

/// The columns of a kind that a CustomResourceDefinition defines: its additionalPrinterColumns,
/// else the age.
final class LearnedColumns {
  private LearnedColumns() {}

  static List<Column> of(CustomVersion version) {
    if (version.columns().isEmpty()) {
      return List.of(nameColumn(), Columns.AGE);
    }
    List<Column> columns = new ArrayList<>(List.of(nameColumn()));
    for (CustomVersion.Column column : version.columns()) {
      JsonPath path = JsonPath.parse(column.path());
      columns.add(
          new Column(
              column.name(),
              column.type(),
              column.format(),
              column.description(),
              column.wide(),
              object -> cell(path.find(object), column.type())));
    }
    return columns;
  }

  /// As the real server prints it: a value of another type is nothing.
  private static JsonNode cell(List<JsonNode> found, String type) {
    JsonNode value = found.isEmpty() ? NullNode.instance : found.getFirst();
    if (value.isNull()) {
      return NullNode.instance;
    }
    return switch (type) {
      case "integer" -> value.isNumber() ? LongNode.valueOf(value.asLong()) : NullNode.instance;
      case "number" -> value.isNumber() ? value : NullNode.instance;
      case "boolean" -> value.isBoolean() ? value : NullNode.instance;
      case "date" -> value.isTextual() ? age(value.asText()) : NullNode.instance;
      default -> TextNode.valueOf(value.isContainerNode() ? value.toString() : value.asText());
    };
  }

  private static JsonNode age(String time) {
    String age = Age.since(time, Instant.now());
    return TextNode.valueOf(age.equals("<unknown>") ? "<invalid>" : age);
  }
}
