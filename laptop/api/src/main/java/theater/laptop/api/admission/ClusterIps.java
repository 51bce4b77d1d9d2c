package theater.laptop.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectStore;

/// Gives Services their addresses and node ports. One creation of a Service at a time: the caller
/// holds the lock of this object.
///
/// @param addresses all that may be given, in order
record ClusterIps(ObjectStore store, List<String> addresses) {
  private static final int FIRST_NODE_PORT = 30000;
  private static final int LAST_NODE_PORT = 32767;

  /// @param old null when it is new
  void assign(ObjectNode service, ObjectNode old) {
    ObjectNode spec = Json.child(service, "spec");
    String type = Json.text(spec, "type");
    if (type.equals("ExternalName")) {
      return;
    }
    String asked = Json.text(spec, "clusterIP");
    String before = old == null ? "" : Json.text(old, "spec", "clusterIP");
    if (asked.isEmpty()) {
      asked = before.isEmpty() ? free() : before;
    } else if (!asked.equals("None")
        && !asked.equals(before)
        && (!addresses.contains(asked) || used("clusterIP").contains(asked))) {
      throw new StatusException(
          422,
          "Invalid",
          "Service \""
              + Json.name(service)
              + "\" is invalid: spec.clusterIPs: Invalid value: [\""
              + asked
              + "\"]: failed to allocate IP "
              + asked
              + ": expected a free address of "
              + addresses.getFirst()
              + " to "
              + addresses.getLast(),
          null);
    }
    spec.put("clusterIP", asked);
    spec.putArray("clusterIPs").add(asked);
    if (type.equals("NodePort") || type.equals("LoadBalancer")) {
      nodePorts(spec, old);
    }
  }

  private String free() {
    Set<String> used = used("clusterIP");
    return addresses.stream()
        .filter(address -> !used.contains(address))
        .findFirst()
        .orElseThrow(() ->
            new StatusException(
                500,
                "InternalError",
                "Internal error occurred: failed to allocate a serviceIP: range is full ("
                    + addresses.size()
                    + " addresses)",
                null));
  }

  private void nodePorts(ObjectNode spec, ObjectNode old) {
    Set<String> used = null;
    int next = FIRST_NODE_PORT;
    for (int i = 0; i < spec.path("ports").size(); i++) {
      ObjectNode port = (ObjectNode) spec.path("ports").get(i);
      JsonNode before = old == null ? null : old.path("spec").path("ports").path(i).get("nodePort");
      if (port.hasNonNull("nodePort")) {
        continue;
      }
      if (before != null) {
        port.set("nodePort", before);
        continue;
      }
      used = used == null ? used("nodePort") : used;
      while (used.contains(Integer.toString(next)) && next < LAST_NODE_PORT) {
        next++;
      }
      port.put("nodePort", next++);
    }
  }

  private Set<String> used(String what) {
    Set<String> used = new HashSet<>();
    for (ObjectNode service : store.list("services", null).items()) {
      if (what.equals("clusterIP")) {
        used.add(Json.text(service, "spec", "clusterIP"));
      } else {
        service.path("spec").path("ports").forEach(port -> used.add(Json.text(port, "nodePort")));
      }
    }
    return used;
  }
}
