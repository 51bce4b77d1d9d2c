package theater.laptop.node.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The words of a command as a process of this computer needs them: a word that begins with a mount
/// path gets the folder's name. Other paths are the computer's own.
final class ExecCommand {
  private ExecCommand() {}

  static List<String> of(RunningContainer container, List<String> words) throws IOException {
    boolean packs =
        words.size() > 2
            && words.getFirst().equals("tar")
            && words.get(1).matches("-?c[a-zA-Z]*f?");
    List<String> command = new ArrayList<>();
    boolean led = false;
    for (String word : words) {
      String path = mount(container, word);
      if (path == null) {
        command.add(word);
      } else if (packs) {
        if (!led) {
          command.addAll(List.of("-C", linked(container).toString()));
          led = true;
        }
        command.add(word.substring(1) + (word.equals(path) ? "/." : ""));
      } else {
        command.add(container.mounts().get(path) + word.substring(path.length()));
      }
    }
    return command;
  }

  private static String mount(RunningContainer container, String word) {
    for (String path : container.mounts().keySet()) {
      if (word.equals(path) || word.startsWith(path.equals("/") ? path : path + "/")) {
        return path;
      }
    }
    return null;
  }

  /// tar names what it packs by the path that it was told, and kubectl cp compares the names: so it
  /// is led through links that have the container's paths.
  private static Path linked(RunningContainer container) throws IOException {
    for (Map.Entry<String, Path> mount : container.mounts().entrySet()) {
      Path link = container.links().resolve(mount.getKey().substring(1));
      if (!Files.isSymbolicLink(link) && !Files.exists(link)) {
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, mount.getValue());
      }
    }
    return container.links();
  }
}
