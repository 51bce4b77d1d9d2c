package theater.laptop.api.table;

import static theater.laptop.api.table.Column.count;
import static theater.laptop.api.table.Column.nameColumn;
import static theater.laptop.api.table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.json.Json;

/// The columns of HorizontalPodAutoscalers.
final class AutoscalerColumns {
  static final List<Column> ALL =
      List.of(
          nameColumn(),
          text(
              "Reference",
              o ->
                  Json.text(o, "spec", "scaleTargetRef", "kind")
                      + "/"
                      + Json.text(o, "spec", "scaleTargetRef", "name")),
          text("Targets", AutoscalerColumns::targets),
          text(
              "MinPods",
              o ->
                  o.path("spec").has("minReplicas")
                      ? o.path("spec").path("minReplicas").asText()
                      : "<unset>"),
          count("MaxPods", "spec", "maxReplicas"),
          count("Replicas", "status", "currentReplicas"),
          Columns.AGE);

  private AutoscalerColumns() {}

  /// `cpu: 12%/80%`, `cpu: <unknown>/80%`, `memory: 61Mi/100Mi`
  private static String targets(ObjectNode hpa) {
    List<String> texts = new ArrayList<>();
    JsonNode metrics = hpa.path("spec").path("metrics");
    for (int i = 0; i < metrics.size(); i++) {
      JsonNode metric = metrics.path(i);
      boolean one = metric.has("containerResource");
      String part = one ? "containerResource" : "resource";
      JsonNode source = metric.path(part);
      JsonNode target = source.path("target");
      JsonNode current =
          hpa.path("status").path("currentMetrics").path(i).path(part).path("current");
      boolean percent = target.has("averageUtilization");
      String wanted =
          percent
              ? target.path("averageUtilization").asText() + "%"
              : target.path("averageValue").asText("<unknown>");
      JsonNode now = current.path(percent ? "averageUtilization" : "averageValue");
      String is = now.isMissingNode() ? "<unknown>" : now.asText() + (percent ? "%" : "");
      String name = source.path("name").asText(metric.path("type").asText());
      String where = one ? source.path("container").asText() + "/" : "";
      texts.add(where + name + ": " + is + "/" + wanted);
    }
    return texts.isEmpty() ? "<none>" : String.join(", ", texts);
  }
}
