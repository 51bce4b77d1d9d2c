package theater.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The folder of the page, as it lies in the checkout: the module's own folder.
final class PageFolder {

  static final Path PATH = Path.of("").toAbsolutePath();

  private PageFolder() {}

  /// What a browser may ask for: everything flat in the folder that is not for Maven or kustomize.
  static List<Path> files() {
    try (var entries = Files.list(PATH)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*\\.(html|js|css|svg)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the page's folder " + PATH, e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
