package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// A container's mount paths and the folders that stand for them. A process has no file system of
/// its own, so a text that begins with a mount path gets the folder's name instead.
final class MountPaths {
  static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
  private final Map<String, Path> folders =
      new TreeMap<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  MountPaths(PodPlace place, JsonNode container) {
    folders.put(ACCOUNT, place.account());
    for (JsonNode mount : container.path("volumeMounts")) {
      String path = mount.path("mountPath").asText().replaceAll("(?<=.)/+$", "");
      for (JsonNode volume : place.pod().path("spec").path("volumes")) {
        if (volume.path("name").equals(mount.path("name"))) {
          Path folder = place.volume(volume);
          String sub = mount.path("subPath").asText("");
          folders.put(path, sub.isEmpty() ? folder : folder.resolve(sub));
        }
      }
    }
  }

  /// The text, with the longest mount path that it begins with replaced.
  String rewrite(String text) {
    for (Map.Entry<String, Path> entry : folders.entrySet()) {
      String path = entry.getKey();
      if (text.equals(path) || text.startsWith(path.equals("/") ? path : path + "/")) {
        return entry.getValue() + text.substring(path.length());
      }
    }
    return text;
  }

  /// Mount path → folder, longest path first.
  Map<String, Path> all() {
    return folders;
  }

  /// The folder that stands for a mount path.
  Path folder(String mountPath) {
    return folders.get(mountPath);
  }
}
