package theater.laptop.api.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;

/// meta.k8s.io/v1 Table.
public final class Tables {
  private Tables() {}

  /// @param include what a row carries besides its cells: `None`, `Metadata` (also for empty) or
  ///   `Object`
  /// @param definitions whether the columns are described; in a watch only the first table does
  public static ObjectNode of(
      Kind kind,
      List<ObjectNode> objects,
      String resourceVersion,
      String include,
      boolean definitions) {
    List<Column> columns = Columns.of(kind);
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.putObject("metadata").put("resourceVersion", resourceVersion);
    ArrayNode described = table.putArray("columnDefinitions");
    if (definitions) {
      for (Column column : columns) {
        described
            .addObject()
            .put("name", column.name())
            .put("type", column.type())
            .put("format", column.name().equals("Name") ? "name" : column.format())
            .put("description", column.description())
            .put("priority", column.wide() ? 1 : 0);
      }
    }
    ArrayNode rows = table.putArray("rows");
    for (ObjectNode object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells");
      columns.forEach(column -> cells.add(column.cell().apply(object)));
      if (include.equals("Object")) {
        row.set("object", object);
      } else if (!include.equals("None")) {
        ObjectNode partial =
            row.putObject("object")
                .put("kind", "PartialObjectMetadata")
                .put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
      }
    }
    return table;
  }
}
