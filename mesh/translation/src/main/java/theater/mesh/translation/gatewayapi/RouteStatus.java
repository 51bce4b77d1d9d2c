package theater.mesh.translation.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import theater.mesh.translation.rule.Rule;

/// The status of a route: for each parent that it names, whether it was taken and whether what it
/// names is there. Gateway API: RouteParentStatus.
final class RouteStatus {
  static final String CONTROLLER = "istio.io/gateway-controller";

  /// The reason that is told when several listeners refuse: the first of these.
  private static final List<String> ORDER =
      List.of("", Attachments.NOT_ALLOWED, Attachments.NO_HOSTNAME, Attachments.NO_PARENT);

  private RouteStatus() {}

  /// @param rules what the route comes to at gateways (false) and in the mesh (true)
  static ObjectStatus of(Rule route, List<Attachment> wishes, Map<Boolean, RouteRules.Made> rules) {
    Map<JsonNode, List<Attachment>> byReference = new LinkedHashMap<>();
    for (Attachment wish : wishes) {
      byReference.computeIfAbsent(wish.reference().json(), _ -> new ArrayList<>()).add(wish);
    }
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    ArrayNode parents = status.putArray("parents");
    byReference.forEach((reference, same) -> {
      ObjectNode parent = parents.addObject();
      parent.set("parentRef", reference);
      parent.put("controllerName", CONTROLLER);
      parent.set("conditions", conditions(same, rules.get(same.getFirst().mesh())));
    });
    return new ObjectStatus(route.object(), status);
  }

  private static ArrayNode conditions(List<Attachment> same, RouteRules.Made rules) {
    Conditions conditions = new Conditions();
    long taken = same.stream().filter(Attachment::accepted).count();
    if (taken > 0) {
      conditions.set(
          Conditions.ACCEPTED,
          true,
          Conditions.ACCEPTED,
          taken > 1 ? "Route was valid, bound to " + taken + " parents" : "Route was valid");
    } else {
      String reason =
          ORDER.stream()
              .filter(known -> same.stream().anyMatch(wish -> wish.reason().equals(known)))
              .findFirst()
              .orElseThrow();
      conditions.set(
          Conditions.ACCEPTED,
          false,
          reason,
          same.stream()
              .filter(wish -> wish.reason().equals(reason))
              .map(Attachment::message)
              .collect(Collectors.joining("; ")));
    }
    rules
        .error()
        .ifPresentOrElse(
            error -> conditions.set(Conditions.RESOLVED, false, error.reason(), error.message()),
            () ->
                conditions.set(
                    Conditions.RESOLVED, true, Conditions.RESOLVED, "All references resolved"));
    return conditions.json();
  }
}
