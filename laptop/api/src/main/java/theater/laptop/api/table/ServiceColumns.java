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

/// Services and what is behind them.
final class ServiceColumns {
  static final List<Column> SERVICES =
      List.of(
          nameColumn(),
          text("Type", service -> Json.text(service, "spec", "type")),
          text("Cluster-IP", service -> PodColumns.orNone(Json.text(service, "spec", "clusterIP"))),
          text("External-IP", ServiceColumns::external),
          text("Port(s)", ServiceColumns::ports),
          text("Age", service -> Columns.age(service, "metadata", "creationTimestamp")),
          wide("Selector", service -> labels(service.path("spec").path("selector"))));

  static final List<Column> ENDPOINTS =
      List.of(
          nameColumn(),
          text("Endpoints", ServiceColumns::endpoints),
          text("Age", o -> Columns.age(o, "metadata", "creationTimestamp")));

  static final List<Column> ENDPOINT_SLICES =
      List.of(
          nameColumn(),
          text("AddressType", slice -> Json.text(slice, "addressType")),
          text("Ports", slice -> some(texts(slice.path("ports"), "port"), "<unset>")),
          text(
              "Endpoints",
              slice -> {
                List<String> addresses = new ArrayList<>();
                slice
                    .path("endpoints")
                    .forEach(endpoint ->
                        endpoint
                            .path("addresses")
                            .forEach(address -> addresses.add(address.asText())));
                return some(addresses, "<unset>");
              }),
          text("Age", slice -> Columns.age(slice, "metadata", "creationTimestamp")));

  static final List<Column> INGRESSES =
      List.of(
          nameColumn(),
          text(
              "Class",
              ingress -> PodColumns.orNone(Json.text(ingress, "spec", "ingressClassName"))),
          text("Hosts", ingress -> some(texts(ingress.path("spec").path("rules"), "host"), "*")),
          text("Address", _ -> ""),
          text("Ports", ingress -> ingress.path("spec").path("tls").isEmpty() ? "80" : "80, 443"),
          text("Age", ingress -> Columns.age(ingress, "metadata", "creationTimestamp")));

  private ServiceColumns() {}

  static String labels(JsonNode labels) {
    List<String> terms = new ArrayList<>();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      terms.add(label.getKey() + "=" + label.getValue().asText());
    }
    terms.sort(null);
    return terms.isEmpty() ? "<none>" : String.join(",", terms);
  }

  static String modes(JsonNode modes) {
    List<String> shorts = new ArrayList<>();
    modes.forEach(mode ->
        shorts.add(
            mode.asText().replaceAll("[a-z]", "").replace("ROM", "ROX").replace("RWM", "RWX")));
    return String.join(",", shorts);
  }

  private static List<String> texts(JsonNode list, String field) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(Json.text(item, field)));
    return texts;
  }

  private static String some(List<String> texts, String none) {
    if (texts.isEmpty()) {
      return none;
    }
    return texts.size() <= 3
        ? String.join(",", texts)
        : String.join(",", texts.subList(0, 3)) + " + " + (texts.size() - 3) + " more...";
  }

  private static String external(ObjectNode service) {
    List<String> addresses = new ArrayList<>();
    service
        .path("status")
        .path("loadBalancer")
        .path("ingress")
        .forEach(
            ingress -> addresses.add(Json.text(ingress, "ip") + Json.text(ingress, "hostname")));
    service.path("spec").path("externalIPs").forEach(address -> addresses.add(address.asText()));
    return switch (Json.text(service, "spec", "type")) {
      case "ExternalName" -> Json.text(service, "spec", "externalName");
      case "LoadBalancer" -> addresses.isEmpty() ? "<pending>" : String.join(",", addresses);
      default -> addresses.isEmpty() ? "<none>" : String.join(",", addresses);
    };
  }

  private static String ports(ObjectNode service) {
    List<String> ports = new ArrayList<>();
    for (JsonNode port : service.path("spec").path("ports")) {
      String node = Json.text(port, "nodePort");
      ports.add(
          Json.text(port, "port")
              + (node.isEmpty() || node.equals("0") ? "" : ":" + node)
              + "/"
              + Json.text(port, "protocol"));
    }
    return ports.isEmpty() ? "<none>" : String.join(",", ports);
  }

  private static String endpoints(ObjectNode endpoints) {
    List<String> all = new ArrayList<>();
    for (JsonNode subset : endpoints.path("subsets")) {
      for (JsonNode address : subset.path("addresses")) {
        for (JsonNode port : subset.path("ports")) {
          all.add(Json.text(address, "ip") + ":" + Json.text(port, "port"));
        }
      }
    }
    return some(all, "<none>");
  }
}
