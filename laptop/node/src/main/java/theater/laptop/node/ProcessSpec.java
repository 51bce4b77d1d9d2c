package theater.laptop.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One process to start.
///
/// @param environment all of it
/// @param log file that its standard output and error are appended to
/// @param files what must be written before, by name; readable by the owner only
record ProcessSpec(
    String container,
    List<String> command,
    Map<String, String> environment,
    Path folder,
    Path log,
    Map<Path, String> files) {
  ProcessSpec {
    command = List.copyOf(command);
    environment = new TreeMap<>(environment);
    files = Map.copyOf(files);
  }
}
