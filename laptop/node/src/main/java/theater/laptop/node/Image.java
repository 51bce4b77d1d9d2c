package theater.laptop.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What an image says about the process to start; placeholders are resolved.
///
/// @param command replaced by a container's `command`, as a Dockerfile's ENTRYPOINT
/// @param args replaced by a container's `args`, as a Dockerfile's CMD
public record Image(
    String reference,
    Path folder,
    List<String> command,
    List<String> args,
    Map<String, String> env) {
  public Image {
    command = List.copyOf(command);
    args = List.copyOf(args);
    env = Map.copyOf(env);
  }
}
