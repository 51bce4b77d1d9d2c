package theater.mesh.translation.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.rule.Rule;
import theater.mesh.view.ConfigObject;

/// All routes for one host at one parent: one VirtualService, of the oldest route's name and age,
/// the more special conditions first.
final class MergedRoutes {
  private final Rule oldest;
  private final Parent parent;
  private final String host;
  private final List<JsonNode> http = new ArrayList<>();

  MergedRoutes(Rule oldest, Parent parent, String host) {
    this.oldest = oldest;
    this.parent = parent;
    this.host = host;
  }

  void add(List<ObjectNode> rules) {
    http.addAll(rules);
  }

  ConfigObject virtualService() {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    spec.putArray("hosts").add(host);
    spec.putArray("gateways").add(parent.name());
    ArrayNode list = spec.putArray("http");
    http.stream().sorted(RouteMatches.MORE_SPECIAL_FIRST).forEach(list::add);
    return new ConfigObject(
        "networking.istio.io/v1",
        "VirtualService",
        oldest.namespace(),
        oldest.object().name() + "~" + parent.section() + "~" + host,
        oldest.object().created(),
        Map.of(),
        Map.of(
            Rule.GATEWAY_API,
            oldest.object().kind() + " " + oldest.namespace() + "/" + oldest.object().name()),
        spec);
  }
}
