package theater.laptop.api.table;

import static theater.laptop.api.table.Column.nameColumn;
import static theater.laptop.api.table.Column.text;
import static theater.laptop.api.table.Column.wide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.laptop.api.json.Json;

/// Nodes.
final class NodeColumns {
  private static final String ROLE = "node-role.kubernetes.io/";
  static final List<Column> ALL =
      List.of(
          nameColumn(),
          text("Status", NodeColumns::status),
          text("Roles", NodeColumns::roles),
          text("Age", node -> Columns.age(node, "metadata", "creationTimestamp")),
          text("Version", node -> Json.text(node, "status", "nodeInfo", "kubeletVersion")),
          wide("Internal-IP", node -> address(node, "InternalIP")),
          wide("External-IP", node -> address(node, "ExternalIP")),
          wide("OS-Image", node -> unknown(Json.text(node, "status", "nodeInfo", "osImage"))),
          wide(
              "Kernel-Version",
              node -> unknown(Json.text(node, "status", "nodeInfo", "kernelVersion"))),
          wide(
              "Container-Runtime",
              node -> unknown(Json.text(node, "status", "nodeInfo", "containerRuntimeVersion"))));

  private NodeColumns() {}

  private static String unknown(String text) {
    return text.isEmpty() ? "<unknown>" : text;
  }

  private static String status(ObjectNode node) {
    String status = "Unknown";
    for (JsonNode condition : node.path("status").path("conditions")) {
      if (Json.text(condition, "type").equals("Ready")) {
        status = Json.text(condition, "status").equals("True") ? "Ready" : "NotReady";
      }
    }
    return node.path("spec").path("unschedulable").asBoolean()
        ? status + ",SchedulingDisabled"
        : status;
  }

  private static String roles(ObjectNode node) {
    List<String> roles = new ArrayList<>();
    for (Map.Entry<String, JsonNode> label : node.path("metadata").path("labels").properties()) {
      if (label.getKey().startsWith(ROLE)) {
        roles.add(label.getKey().substring(ROLE.length()));
      }
    }
    return roles.isEmpty() ? "<none>" : String.join(",", roles);
  }

  private static String address(ObjectNode node, String type) {
    for (JsonNode address : node.path("status").path("addresses")) {
      if (Json.text(address, "type").equals(type)) {
        return Json.text(address, "address");
      }
    }
    return "<none>";
  }
}
