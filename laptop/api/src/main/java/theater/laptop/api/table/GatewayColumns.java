package theater.laptop.api.table;

import static theater.laptop.api.table.Column.nameColumn;
import static theater.laptop.api.table.Column.path;
import static theater.laptop.api.table.Column.text;
import static theater.laptop.api.table.Column.wide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.json.Json;

/// The columns of the Gateway API's kinds, as its definitions name them.
final class GatewayColumns {
  static final List<Column> CLASSES =
      List.of(
          nameColumn(),
          path("Controller", "spec", "controllerName"),
          condition("Accepted"),
          Columns.AGE,
          wide("Description", object -> Json.text(object, "spec", "description")));

  static final List<Column> GATEWAYS =
      List.of(
          nameColumn(),
          path("Class", "spec", "gatewayClassName"),
          text("Address", GatewayColumns::address),
          condition("Programmed"),
          Columns.AGE);

  static final List<Column> ROUTES =
      List.of(nameColumn(), path("Hostnames", "spec", "hostnames"), Columns.AGE);

  private GatewayColumns() {}

  private static Column condition(String type) {
    return text(
        type,
        object -> {
          for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
              return condition.path("status").asText();
            }
          }
          return "";
        });
  }

  private static String address(ObjectNode object) {
    return object.path("status").path("addresses").path(0).path("value").asText("");
  }
}
