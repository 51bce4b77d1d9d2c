package theater.laptop.api.http;

import java.util.List;
import theater.laptop.api.status.StatusException;

/// Sends each verb to its handler.
record Verbs(
    ReadHandler reads,
    WatchHandler watches,
    WriteHandler writes,
    PartHandler parts,
    LogHandler logs,
    StreamHandler streams) {

  void call(String verb, Exchange exchange, ApiPath path) {
    boolean part = !path.subresource().isEmpty();
    if (part && !known(path)) {
      throw StatusException.noSuchPath();
    }
    if (StreamHandler.VERBS.contains(path.subresource())) {
      streams.refuse(exchange, path);
      return;
    }
    if (path.kind().has("measured") && !List.of("get", "list").contains(verb)) {
      throw notAllowed();
    }
    switch (verb) {
      case "get" -> {
        if (path.subresource().equals("log")) {
          logs.log(exchange, path);
        } else {
          reads.get(exchange, path);
        }
      }
      case "list" -> reads.list(exchange, path);
      case "watch" -> watches.watch(exchange, path);
      case "create" -> {
        if (part) {
          parts.post(exchange, path);
        } else if (path.kind().has("virtual") || !path.name().isEmpty()) {
          throw StatusException.noSuchPath();
        } else {
          writes.create(exchange, path);
        }
      }
      case "update" -> writes.update(exchange, named(path));
      case "patch" -> writes.patch(exchange, named(path));
      case "delete" -> writes.delete(exchange, path);
      default -> writes.deleteCollection(exchange, path);
    }
  }

  private static ApiPath named(ApiPath path) {
    if (path.name().isEmpty()) {
      throw notAllowed();
    }
    return path;
  }

  private static StatusException notAllowed() {
    return new StatusException(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        null);
  }

  private static boolean known(ApiPath path) {
    List<String> parts =
        switch (path.kind().resource()) {
          case "pods" ->
              List.of("status", "log", "binding", "eviction", "exec", "attach", "portforward");
          case "namespaces" -> List.of("status", "finalize");
          case "serviceaccounts" -> List.of("token");
          default ->
              path.kind().has("scale")
                  ? List.of("status", "scale")
                  : path.kind().has("status") ? List.of("status") : List.of();
        };
    return parts.contains(path.subresource());
  }
}
