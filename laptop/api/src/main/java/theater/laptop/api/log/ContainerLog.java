package theater.laptop.api.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.StatusException;

/// Which file holds the run of a container that is asked for (kubelet: validateContainerLogStatus).
///
/// @param pod with its status
/// @param current the log of the newest run; the run before has `.1` at its end
public record ContainerLog(JsonNode pod, String container, Path current) {

  /// @throws StatusException 400 when there is none, with the reason
  public Path file(boolean previous) {
    JsonNode status = status();
    boolean waiting = status.path("state").has("waiting");
    if (previous) {
      // Between two runs the newest one is the run before.
      Path file = waiting ? current : current.resolveSibling(current.getFileName() + ".1");
      if (!status.path("lastState").has("terminated") || !Files.exists(file)) {
        throw refusal("previous terminated " + who() + " not found");
      }
      return file;
    }
    if (!Files.exists(current) && !status.path("state").has("running")) {
      throw refusal(
          waiting
              ? who() + " is waiting to start: " + why(status)
              : who() + (status.has("state") ? " is terminated" : " is not available"));
    }
    return current;
  }

  private static String why(JsonNode status) {
    String reason = Json.text(status, "state", "waiting", "reason");
    return switch (reason) {
      case "ErrImagePull" -> "image can't be pulled";
      case "ImagePullBackOff" -> "trying and failing to pull image";
      default -> reason;
    };
  }

  private String who() {
    return "container \"" + container + "\" in pod \"" + Json.name(pod) + "\"";
  }

  private static StatusException refusal(String message) {
    return StatusException.badRequest(message);
  }

  /// Whether this run has come to its end.
  public boolean ended() {
    JsonNode status = status();
    return status.path("state").has("terminated")
        || Json.text(status, "state", "waiting", "reason").equals("CrashLoopBackOff");
  }

  private JsonNode status() {
    for (String list : List.of("containerStatuses", "initContainerStatuses")) {
      for (JsonNode status : pod.path("status").path(list)) {
        if (Json.text(status, "name").equals(container)) {
          return status;
        }
      }
    }
    return Json.object();
  }
}
