package theater.laptop.api.table;

import static theater.laptop.api.table.Column.nameColumn;
import static theater.laptop.api.table.Column.text;
import static theater.laptop.api.table.Column.wide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import theater.laptop.api.json.Json;

/// Pods: the status in one word is worked out as the real server does.
final class PodColumns {
  static final List<Column> ALL =
      List.of(
          nameColumn(),
          text("Ready", PodColumns::ready),
          text("Status", PodColumns::status),
          text("Restarts", PodColumns::restarts),
          text("Age", pod -> Columns.age(pod, "metadata", "creationTimestamp")),
          wide("IP", pod -> orNone(Json.text(pod, "status", "podIP"))),
          wide("Node", pod -> orNone(Json.text(pod, "spec", "nodeName"))),
          wide("Nominated Node", pod -> orNone(Json.text(pod, "status", "nominatedNodeName"))),
          wide("Readiness Gates", _ -> "<none>"));

  private PodColumns() {}

  static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }

  private static String ready(ObjectNode pod) {
    int ready = 0;
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      ready += status.path("ready").asBoolean() && status.path("state").has("running") ? 1 : 0;
    }
    return ready + "/" + pod.path("spec").path("containers").size();
  }

  private static String status(ObjectNode pod) {
    JsonNode status = pod.path("status");
    String reason =
        Json.text(status, "reason").isEmpty()
            ? Json.text(status, "phase")
            : Json.text(status, "reason");
    for (JsonNode init : status.path("initContainerStatuses")) {
      if (init.path("state").path("terminated").path("exitCode").asInt(-1) == 0
          || init.path("started").asBoolean()) {
        continue;
      }
      return "Init:"
          + (word(init).isEmpty()
              ? "0/" + pod.path("spec").path("initContainers").size()
              : word(init));
    }
    boolean running = false;
    JsonNode containers = status.path("containerStatuses");
    for (int i = containers.size() - 1; i >= 0; i--) {
      String word = word(containers.get(i));
      if (!word.isEmpty()) {
        reason = word;
      } else if (containers.get(i).path("ready").asBoolean()
          && containers.get(i).path("state").has("running")) {
        running = true;
      }
    }
    if (reason.equals("Completed") && running) {
      reason = "Running";
    }
    return pod.path("metadata").has("deletionTimestamp") ? "Terminating" : reason;
  }

  private static String word(JsonNode status) {
    JsonNode waiting = status.path("state").path("waiting");
    JsonNode terminated = status.path("state").path("terminated");
    if (!Json.text(waiting, "reason").isEmpty()) {
      return Json.text(waiting, "reason");
    }
    if (!Json.text(terminated, "reason").isEmpty()) {
      return Json.text(terminated, "reason");
    }
    if (terminated.isObject()) {
      return terminated.path("signal").asInt() != 0
          ? "Signal:" + terminated.path("signal").asInt()
          : "ExitCode:" + terminated.path("exitCode").asInt();
    }
    return "";
  }

  private static String restarts(ObjectNode pod) {
    int restarts = 0;
    String last = "";
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      restarts += status.path("restartCount").asInt();
      String finished = Json.text(status, "lastState", "terminated", "finishedAt");
      last = finished.compareTo(last) > 0 ? finished : last;
    }
    return restarts == 0 || last.isEmpty()
        ? Integer.toString(restarts)
        : restarts + " (" + Age.since(last, Instant.now()) + " ago)";
  }
}
