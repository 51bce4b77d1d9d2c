package theater.acceptance.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import theater.visitor.Theater;

/// A web server called `nginx` in the image store, as long as it is open.
record StandInImage(Path folder) implements AutoCloseable {
  private static final List<String> TAGS = List.of("latest", "1.25", "1.26", "1.27");

  static StandInImage nginx() {
    Path folder = Theater.repository().resolve("target/images/nginx");
    try {
      for (String tag : TAGS) {
        Path image = Files.createDirectories(folder.resolve(tag));
        for (String name : List.of("start.sh", "image.json")) {
          try (InputStream file = StandInImage.class.getResourceAsStream("nginx/" + name)) {
            Files.write(image.resolve(name), file.readAllBytes());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StandInImage(folder);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
