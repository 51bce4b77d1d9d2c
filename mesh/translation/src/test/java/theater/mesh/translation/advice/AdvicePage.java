package theater.mesh.translation.advice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import theater.mesh.translation.Cinema;
import theater.mesh.view.ConfigObject;

/// A page of `docs/warnings`. Its YAML is the example: the last document is applied, those before
/// are there already.
record AdvicePage(String code, String text) {

  static Path folder() {
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      if (Files.isDirectory(above.resolve("docs/warnings"))) {
        return above.resolve("docs/warnings");
      }
    }
    throw new IllegalStateException("docs/warnings is not above this folder");
  }

  static List<AdvicePage> all() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> !file.endsWith("README.md"))
          .sorted()
          .map(AdvicePage::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AdvicePage read(Path file) {
    try {
      return new AdvicePage(
          file.getFileName().toString().replace(".md", ""), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean hasExample() {
    return text.contains("```yaml\n");
  }

  /// What the advisor says of the example in ctx1, with no rules in ctx2.
  List<Advised> advised() {
    String yaml = text.substring(text.indexOf("```yaml\n") + 8, text.lastIndexOf("```"));
    List<ConfigObject> objects = Cinema.objects(yaml);
    Known known =
        Known.of(Cinema.view(objects.subList(0, objects.size() - 1)), Map.of("ctx2", List.of()));
    return new Advisor().advise(objects.getLast(), known);
  }
}
