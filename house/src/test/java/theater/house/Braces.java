package theater.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Paths as people write them: `k8s/overlays/{ctx1,ctx2}`, `practice/NN-name`, `docs/*.md`.
final class Braces {
  private static final Pattern GROUP = Pattern.compile("^(.*?)\\{([^{}]*)\\}(.*)$");

  private Braces() {}

  static List<String> expand(String word) {
    Matcher matcher = GROUP.matcher(word);
    if (!matcher.matches()) {
      return List.of(word);
    }
    List<String> all = new ArrayList<>();
    for (String choice : matcher.group(2).split(",")) {
      all.addAll(expand(matcher.group(1) + choice + matcher.group(3)));
    }
    return all;
  }

  /// Whether something matches; `NN-name` and `*` stand for any name.
  static boolean exists(Path root, String word) {
    List<Path> here = List.of(root);
    for (String name : word.split("/")) {
      List<Path> next = new ArrayList<>();
      for (Path folder : here) {
        next.addAll(matching(folder, name.replace("NN-name", "[0-9][0-9]-*")));
      }
      here = next;
    }
    return !here.isEmpty();
  }

  private static List<Path> matching(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    if (!name.contains("*")) {
      return Files.exists(folder.resolve(name)) ? List.of(folder.resolve(name)) : List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name)) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
