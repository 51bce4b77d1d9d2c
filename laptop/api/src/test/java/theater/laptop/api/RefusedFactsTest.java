package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The recorded mistakes that the API server itself finds, applied with the real kubectl: the
/// answer is the recorded one, word for word. What Istio's webhook finds is asked of a running
/// theater.
class RefusedFactsTest {
  @TempDir Path folder;

  @Test
  void everyMistakeIsAnsweredAsRecorded() throws Exception {
    Path refused = Cluster.facts().resolve("refused");
    Map<String, String> different = new TreeMap<>();
    try (Cluster cluster = new Cluster(folder);
        Stream<Path> files = Files.list(refused)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".yaml", "");
        String expected = Files.readString(refused.resolve(name + ".answer.txt"));
        if (expected.contains("admission webhook")) {
          continue;
        }
        Cluster.Answer answer =
            expected.contains("(server dry run)")
                ? cluster.run(refused, "apply", "--dry-run=server", "-f", name + ".yaml")
                : cluster.run(refused, "apply", "-f", name + ".yaml");
        if (!answer.text().strip().equals(expected.strip())) {
          different.put(name, "got " + answer.text().strip() + "\nexpected " + expected.strip());
        }
      }
    }
    assertThat(different).isEmpty();
  }
}
