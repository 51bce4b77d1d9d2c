package theater.laptop.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import theater.laptop.api.json.Json;
import theater.laptop.api.registry.Reader;
import theater.laptop.api.status.StatusException;

/// `pods/NAME/log`: the file that the node agent writes. `sinceTime` and `timestamps` are not known
/// to the file and left out.
///
/// @param files pod uid and container → file; the run before has `.1` at its end
record LogHandler(Reader reader, BiFunction<String, String, Path> files) {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int BLOCK = 1 << 16;

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
    Integer tail = exchange.number("tailLines");
    Integer limit = exchange.number("limitBytes");
    exchange.head(200, "text/plain");
    WatchHandler.stream(
        exchange,
        out -> copy(file, out, tail, limit == null ? Long.MAX_VALUE : limit, follow, path, uid));
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

  private void copy(
      Path file,
      OutputStream out,
      Integer tail,
      long limit,
      boolean follow,
      ApiPath path,
      String uid)
      throws IOException {
    while (!Files.exists(file)) {
      if (!follow || gone(path, uid)) {
        return;
      }
      LockSupport.parkNanos(PAUSE);
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      long at = tail == null ? 0 : tailStart(in, tail);
      long left = limit;
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      while (left > 0) {
        if (in.size() < at) {
          at = 0;
        }
        block.clear().limit((int) Math.min(BLOCK, left));
        int read = in.read(block, at);
        if (read > 0) {
          out.write(block.array(), 0, read);
          out.flush();
          at += read;
          left -= read;
        } else if (!follow || gone(path, uid) && in.size() <= at) {
          return;
        } else {
          LockSupport.parkNanos(PAUSE);
        }
      }
    }
  }

  private boolean gone(ApiPath path, String uid) {
    try {
      ObjectNode pod = reader.get(path.kind(), path.version(), path.namespace(), path.name());
      String phase = Json.text(pod, "status", "phase");
      return !uid.equals(Json.text(pod, "metadata", "uid"))
          || phase.equals("Succeeded")
          || phase.equals("Failed");
    } catch (StatusException e) {
      return true;
    }
  }

  /// The position of the last lines.
  private static long tailStart(FileChannel in, int lines) throws IOException {
    long at = in.size();
    int found = 0;
    boolean last = true;
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (at > 0) {
      int length = (int) Math.min(BLOCK, at);
      block.clear().limit(length);
      in.read(block, at - length);
      for (int i = length - 1; i >= 0; i--) {
        if (block.get(i) == '\n'
            && !(last && at - length + i == in.size() - 1)
            && ++found >= Math.max(lines, 0)) {
          return lines <= 0 ? in.size() : at - length + i + 1;
        }
        last = false;
      }
      at -= length;
    }
    return lines <= 0 ? in.size() : 0;
  }
}
