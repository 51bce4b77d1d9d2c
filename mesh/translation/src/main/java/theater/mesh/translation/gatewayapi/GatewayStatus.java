package theater.mesh.translation.gatewayapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import theater.mesh.translation.rule.Rule;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.MeshView;

/// The status of a Gateway: whether it is taken, whether pods act for it, its addresses, and for
/// each listener how many routes it has. Gateway API: GatewayStatus.
final class GatewayStatus {
  private final MeshView view;
  private final Rule gateway;

  GatewayStatus(MeshView view, Rule gateway) {
    this.view = view;
    this.gateway = gateway;
  }

  /// Of a GatewayClass that is Istio's.
  static ObjectStatus ofClass(ConfigObject object) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.set(
        "conditions",
        new Conditions()
            .set(Conditions.ACCEPTED, true, Conditions.ACCEPTED, "Handled by Istio controller")
            .json());
    return new ObjectStatus(object, status);
  }

  /// @param attached the routes of each listener, by the name of its parent
  ObjectStatus of(List<Opened> listeners, Map<String, Set<String>> attached) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    GatewayServices services = new GatewayServices(view, gateway);
    GatewayServices.Found found =
        services.find(
            listeners.stream().map(one -> one.parent().port()).distinct().sorted().toList());
    ArrayNode addresses = JsonNodeFactory.instance.arrayNode();
    found
        .addresses()
        .forEach(address ->
            addresses
                .addObject()
                .put("type", address.matches("[0-9.]+|.*:.*") ? "IPAddress" : "Hostname")
                .put("value", address));
    if (!addresses.isEmpty()) {
      status.set("addresses", addresses);
    }
    status.set("conditions", conditions(services, found));
    ArrayNode list = status.putArray("listeners");
    listeners.forEach(one -> {
      ObjectNode listener = list.addObject().put("name", one.parent().section());
      listener.put("attachedRoutes", attached.getOrDefault(one.parent().name(), Set.of()).size());
      ArrayNode kinds = listener.putArray("supportedKinds");
      one.parent()
          .kinds()
          .forEach(kind -> kinds.addObject().put("group", References.GROUP).put("kind", kind));
      listener.set("conditions", one.conditions().json());
    });
    return new ObjectStatus(gateway.object(), status);
  }

  private ArrayNode conditions(GatewayServices services, GatewayServices.Found found) {
    Conditions result =
        new Conditions().set(Conditions.ACCEPTED, true, Conditions.ACCEPTED, "Resource accepted");
    if (!services.skipped().isEmpty()) {
      result.set(
          Conditions.ACCEPTED,
          false,
          "UnsupportedAddress",
          "only Hostname is supported, ignoring [" + String.join(" ", services.skipped()) + "]");
    }
    String assigned = readable(found.programmed());
    String reason = found.usable() ? "AddressNotAssigned" : "AddressNotUsable";
    String wrong = String.join("; ", found.warnings());
    if (services.hosts().isEmpty()) {
      result.set(
          Conditions.PROGRAMMED,
          false,
          "UnsupportedAddress",
          "Failed to assign to any requested addresses");
    } else if (!found.warnings().isEmpty()) {
      result.set(
          Conditions.PROGRAMMED,
          false,
          reason,
          assigned.isEmpty()
              ? "Failed to assign to any requested addresses: " + wrong
              : "Assigned to service(s) "
                  + assigned
                  + ", but failed to assign to all requested addresses: "
                  + wrong);
    } else {
      result.set(
          Conditions.PROGRAMMED,
          true,
          Conditions.PROGRAMMED,
          "Resource programmed, assigned to service(s) " + assigned);
    }
    return result.json();
  }

  /// `a`, `a and b`, `a, b, and c`.
  private static String readable(List<String> parts) {
    int last = parts.size() - 1;
    return switch (parts.size()) {
      case 0 -> "";
      case 1 -> parts.getFirst();
      case 2 -> parts.get(0) + " and " + parts.get(1);
      default -> String.join(", ", parts.subList(0, last)) + ", and " + parts.get(last);
    };
  }
}
