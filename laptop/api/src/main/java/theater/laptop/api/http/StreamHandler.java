package theater.laptop.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.common.uri.UriQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import theater.laptop.api.json.Json;
import theater.laptop.api.registry.Reader;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.stream.StreamTarget;

/// `pods/NAME/exec`, `attach` and `portforward`: what a stream needs, and why there can be none.
record StreamHandler(Reader reader) {
  static final Set<String> VERBS = Set.of("exec", "attach", "portforward");

  /// @throws StatusException when there is no such pod or container, or it has no node
  StreamTarget target(ApiPath path, UriQuery query) {
    ObjectNode pod = reader.get(path.kind(), path.version(), path.namespace(), path.name());
    if (Json.text(pod, "spec", "nodeName").isEmpty()) {
      throw StatusException.badRequest("pod " + path.name() + " does not have a host assigned");
    }
    boolean forward = path.subresource().equals("portforward");
    String asked = query.contains("container") ? query.get("container") : "";
    return new StreamTarget(path.subresource(), pod, forward ? "" : container(pod, asked), query);
  }

  private static String container(ObjectNode pod, String asked) {
    List<String> names = new ArrayList<>();
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : pod.path("spec").path(list)) {
        names.add(Json.text(container, "name"));
      }
    }
    if (asked.isEmpty() && pod.path("spec").path("containers").size() > 1) {
      throw StatusException.badRequest(
          "a container name must be specified for pod "
              + Json.name(pod)
              + ", choose one of: ["
              + String.join(" ", names)
              + "]");
    }
    if (!asked.isEmpty() && !names.contains(asked)) {
      throw StatusException.badRequest(
          "container " + asked + " is not valid for pod " + Json.name(pod));
    }
    return asked.isEmpty() ? names.getFirst() : asked;
  }

  boolean alive(StreamTarget target) {
    String namespace = target.text("metadata", "namespace");
    try {
      ObjectNode pod =
          reader.get(
              theater.laptop.api.kind.Kinds.of("", "pods"),
              "v1",
              namespace,
              target.text("metadata", "name"));
      return Json.text(pod, "metadata", "uid").equals(target.text("metadata", "uid"))
          && !Set.of("Succeeded", "Failed").contains(Json.text(pod, "status", "phase"));
    } catch (StatusException e) {
      return false;
    }
  }

  /// A request that did not become a stream.
  void refuse(Exchange exchange, ApiPath path) {
    target(path, exchange.request.query());
    String upgrade = exchange.header("Upgrade");
    throw StatusException.badRequest(
        upgrade.isEmpty()
            ? "Upgrade request required"
            : "unable to upgrade to "
                + upgrade
                + ": exec and attach are served over WebSocket (v5.channel.k8s.io,"
                + " v4.channel.k8s.io) only; kubectl 1.30 and newer use it");
  }
}
