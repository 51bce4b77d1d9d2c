package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCachesTest {
  @TempDir Path folder;
  private final List<String> trained = new ArrayList<>();

  @Test
  void aCacheIsMadeOnceForWhatItIsMadeOf() throws IOException {
    get("user-service", "java -Xmx32m");
    get("user-service", "java -Xmx32m");
    get("user-service", "java -Xmx64m");
    assertThat(trained).containsExactly("java -Xmx32m", "java -Xmx64m");
    assertThat(folder.resolve("build/app.aot")).hasContent("java -Xmx64m");
  }

  @Test
  void theLastFewOfEachProgramStay() throws IOException {
    get("user", "java 0");
    for (int i = 1; i < 9; i++) {
      get("user-service", "java " + i);
    }
    trained.clear();
    get("user", "java 0");
    get("user-service", "java 8");
    assertThat(trained).isEmpty();
    get("user-service", "java 1");
    assertThat(trained).containsExactly("java 1");
    try (Stream<Path> files = Files.list(folder.resolve("kept"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".aot")))
          .hasSize(StartCaches.KEPT + 1);
    }
  }

  private void get(String program, String command) throws IOException {
    StartCache cache =
        new StartCache(
            program + ".aot",
            Files.createDirectories(folder.resolve("build")).resolve("app.aot"),
            List.of(command),
            Files.createDirectories(folder.resolve("jars")));
    Training training =
        new Training() {
          @Override
          public List<StartCache> caches() {
            return List.of(cache);
          }

          @Override
          public void run(Path made) {
            trained.add(command);
            try {
              Files.writeString(made.resolve(cache.name()), command);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    new StartCaches(folder.resolve("kept"), Path.of("java")).get(training, folder);
  }
}
