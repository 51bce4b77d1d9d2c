package theater.laptop.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A folder whose files change all at once: `NAME → ..data/NAME`, `..data → ..VERSION`, and the
/// second link is replaced by a rename (Kubernetes: atomic writer of kubelet). Readers see the old
/// files or the new ones, never a mixture.
final class AtomicFolder {
  private static final String DATA = "..data";

  private AtomicFolder() {}

  /// Writes the files unless they are there already.
  ///
  /// @return whether something changed
  static boolean write(Path folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    Path data = folder.resolve(DATA);
    if (Files.isDirectory(data) && same(data, files)) {
      return false;
    }
    Path version = Files.createTempDirectory(folder, "..");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = version.resolve(file.getKey()).normalize();
      if (!target.startsWith(version)) {
        throw new ContainerConfigException(
            "path is \"" + file.getKey() + "\"; expected one inside the volume");
      }
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    Path previous =
        Files.isSymbolicLink(data) ? folder.resolve(Files.readSymbolicLink(data)) : null;
    Path link = folder.resolve("..data_tmp");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, version.getFileName());
    Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    links(folder, files);
    if (previous != null) {
      delete(previous);
    }
    return true;
  }

  private static void links(Path folder, Map<String, byte[]> files) throws IOException {
    Set<String> wanted = new HashSet<>();
    files.keySet().forEach(name -> wanted.add(name.split("/", 2)[0]));
    for (String name : wanted) {
      Path link = folder.resolve(name);
      if (!Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, Path.of(DATA, name));
      }
    }
    for (Path path : list(folder)) {
      String name = path.getFileName().toString();
      if (!name.startsWith("..") && !wanted.contains(name)) {
        Files.delete(path);
      }
    }
  }

  private static boolean same(Path data, Map<String, byte[]> files) throws IOException {
    Path real = data.toRealPath();
    try (Stream<Path> paths = Files.walk(real)) {
      List<Path> found = paths.filter(Files::isRegularFile).toList();
      if (found.size() != files.size()) {
        return false;
      }
      for (Path path : found) {
        byte[] wanted = files.get(real.relativize(path).toString());
        if (wanted == null || !Arrays.equals(wanted, Files.readAllBytes(path))) {
          return false;
        }
      }
      return true;
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.toList();
    }
  }

  /// Deletes a folder with all in it; links are not followed.
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
