package theater.laptop.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import theater.laptop.api.json.Json;
import theater.laptop.api.log.LogFile;
import theater.laptop.api.log.LogQuery;
import theater.laptop.api.registry.Reader;
import theater.laptop.api.status.StatusException;

/// `pods/NAME/log`: the file that the node agent keeps.
///
/// @param files pod uid and container → file; the run before has `.1` at its end
record LogHandler(Reader reader, BiFunction<String, String, Path> files) {

  void log(Exchange exchange, ApiPath path) {
    ObjectNode pod = reader.get(path.kind(), path.version(), path.namespace(), path.name());
    String container = container(pod, exchange.query("container"));
    String uid = Json.text(pod, "metadata", "uid");
    Path current = files.apply(uid, container);
    Path file =
        exchange.flag("previous") ? current.resolveSibling(current.getFileName() + ".1") : current;
    boolean follow = exchange.flag("follow") && !exchange.flag("previous");
    if (!Files.exists(file) && !follow) {
      refuseMissing(exchange, pod, container);
    }
    Integer limit = exchange.number("limitBytes");
    LogQuery query =
        new LogQuery(
            exchange.number("tailLines"),
            limit == null ? Long.MAX_VALUE : limit,
            follow,
            exchange.flag("timestamps"),
            since(exchange));
    exchange.head(200, "text/plain");
    WatchHandler.stream(
        exchange, out -> new LogFile(file, query).copy(out, () -> gone(path, uid, container)));
  }

  private static Instant since(Exchange exchange) {
    Integer seconds = exchange.number("sinceSeconds");
    String time = exchange.query("sinceTime");
    if (seconds != null && !time.isEmpty()) {
      throw StatusException.badRequest(
          "at most one of `sinceTime` or `sinceSeconds` may be specified");
    }
    if (seconds != null && seconds < 1) {
      throw StatusException.badRequest(
          "sinceSeconds: Invalid value: " + seconds + ": must be greater than 0");
    }
    try {
      return seconds != null
          ? Instant.now().minusSeconds(seconds)
          : time.isEmpty() ? null : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeParseException e) {
      throw StatusException.badRequest(
          "sinceTime is \"" + time + "\"; expected a time as 2026-11-21T10:00:00Z");
    }
  }

  private static void refuseMissing(Exchange exchange, ObjectNode pod, String container) {
    if (exchange.flag("previous")) {
      throw StatusException.badRequest(
          "previous terminated container \""
              + container
              + "\" in pod \""
              + Json.name(pod)
              + "\" not found");
    }
    throw StatusException.badRequest(
        "container \""
            + container
            + "\" in pod \""
            + Json.name(pod)
            + "\" is waiting to start: "
            + waiting(pod, container));
  }

  private static String waiting(ObjectNode pod, String container) {
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      String reason = Json.text(status, "state", "waiting", "reason");
      if (Json.text(status, "name").equals(container) && !reason.isEmpty()) {
        String message = Json.text(status, "state", "waiting", "message");
        return message.isEmpty() ? reason : reason + ": " + message;
      }
    }
    return "ContainerCreating";
  }

  private static String container(ObjectNode pod, String asked) {
    List<String> names = new ArrayList<>();
    for (String list : List.of("containers", "initContainers")) {
      pod.path("spec").path(list).forEach(container -> names.add(Json.text(container, "name")));
    }
    String name =
        asked.isEmpty()
            ? Json.text(pod, "metadata", "annotations", "kubectl.kubernetes.io/default-container")
            : asked;
    if (name.isEmpty()) {
      name = names.getFirst();
    }
    if (!names.contains(name)) {
      throw StatusException.badRequest(
          "container " + name + " is not valid for pod " + Json.name(pod));
    }
    return name;
  }

  private boolean gone(ApiPath path, String uid, String container) {
    try {
      ObjectNode pod = reader.get(path.kind(), path.version(), path.namespace(), path.name());
      String phase = Json.text(pod, "status", "phase");
      return !uid.equals(Json.text(pod, "metadata", "uid"))
          || phase.equals("Succeeded")
          || phase.equals("Failed")
          || ended(pod, container);
    } catch (StatusException e) {
      return true;
    }
  }

  private static boolean ended(ObjectNode pod, String container) {
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      if (Json.text(status, "name").equals(container)) {
        return status.path("state").has("terminated")
            || Json.text(status, "state", "waiting", "reason").equals("CrashLoopBackOff");
      }
    }
    return false;
  }
}
