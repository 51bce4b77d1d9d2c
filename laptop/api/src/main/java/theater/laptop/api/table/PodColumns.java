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

  /// An init container that runs on beside the others (Kubernetes: sidecar container).
  private static boolean sidecar(ObjectNode pod, JsonNode status) {
    for (JsonNode container : pod.path("spec").path("initContainers")) {
      if (container.path("name").equals(status.path("name"))) {
        return Json.text(container, "restartPolicy").equals("Always");
      }
    }
    return false;
  }

  private static String ready(ObjectNode pod) {
    int ready = 0;
    int all = pod.path("spec").path("containers").size();
    for (JsonNode container : pod.path("spec").path("initContainers")) {
      all += sidecar(pod, container) ? 1 : 0;
    }
    for (JsonNode status : pod.path("status").path("initContainerStatuses")) {
      ready += sidecar(pod, status) && running(status) ? 1 : 0;
    }
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      ready += running(status) ? 1 : 0;
    }
    return ready + "/" + all;
  }

  private static boolean running(JsonNode status) {
    return status.path("ready").asBoolean() && status.path("state").has("running");
  }

  private static String status(ObjectNode pod) {
    JsonNode status = pod.path("status");
    String phase = Json.text(status, "phase");
    String word = initializing(pod);
    if (word.isEmpty() || holds(status, "Initialized")) {
      String reason = Json.text(status, "reason");
      word = started(status, !word.isEmpty() ? word : reason.isEmpty() ? phase : reason);
    }
    boolean over = List.of("Succeeded", "Failed").contains(phase);
    return pod.path("metadata").has("deletionTimestamp") && !over ? "Terminating" : word;
  }

  /// What the first init container that is not done does; empty when all are.
  private static String initializing(ObjectNode pod) {
    JsonNode all = pod.path("status").path("initContainerStatuses");
    for (int i = 0; i < all.size(); i++) {
      JsonNode init = all.get(i);
      boolean done = init.path("state").path("terminated").path("exitCode").asInt(-1) == 0;
      if (!done && !(sidecar(pod, init) && init.path("started").asBoolean())) {
        String word = word(init);
        return "Init:"
            + (List.of("", "PodInitializing").contains(word)
                ? i + "/" + pod.path("spec").path("initContainers").size()
                : word);
      }
    }
    return "";
  }

  private static boolean holds(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (Json.text(condition, "type").equals(type)) {
        return Json.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  private static String started(JsonNode status, String otherwise) {
    String word = otherwise;
    String error = "";
    boolean running = false;
    JsonNode containers = status.path("containerStatuses");
    for (int i = containers.size() - 1; i >= 0; i--) {
      JsonNode container = containers.get(i);
      String own = word(container);
      word = own.isEmpty() ? word : own;
      running |= running(container);
      if (container.path("state").path("terminated").path("exitCode").asInt(0) != 0) {
        error = own;
      }
    }
    if (!word.equals("Completed")) {
      return word;
    }
    if (running && holds(status, "Ready")) {
      return "Running";
    }
    return !error.isEmpty() ? error : running ? "NotReady" : word;
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

  /// Of the init containers while they run; afterwards those do not count, but for sidecars.
  private static String restarts(ObjectNode pod) {
    boolean begun = holds(pod.path("status"), "Initialized") || initializing(pod).isEmpty();
    int restarts = 0;
    String last = "";
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode status : pod.path("status").path(list)) {
        if (list.startsWith("init") ? !begun || sidecar(pod, status) : begun) {
          restarts += status.path("restartCount").asInt();
          String finished = Json.text(status, "lastState", "terminated", "finishedAt");
          last = finished.compareTo(last) > 0 ? finished : last;
        }
      }
    }
    return restarts == 0 || last.isEmpty()
        ? Integer.toString(restarts)
        : restarts + " (" + Age.since(last, Instant.now()) + " ago)";
  }
}
