package theater.laptop.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import theater.laptop.api.json.Json;
import theater.laptop.api.log.ContainerLog;
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
    if (Json.text(pod, "spec", "nodeName").isEmpty()) {
      // As the real server: nobody has written anything yet.
      exchange.response.status(io.helidon.http.Status.NO_CONTENT_204).send();
      return;
    }
    boolean previous = exchange.flag("previous");
    boolean follow = exchange.flag("follow") && !previous;
    Path file = new ContainerLog(pod, container, files.apply(uid, container)).file(previous);
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
          || new ContainerLog(pod, container, files.apply(uid, container)).ended();
    } catch (StatusException e) {
      return true;
    }
  }
}
