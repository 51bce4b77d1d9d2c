package theater.mesh.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Exact Envoy output. `golden/<a-sentence>/input.yaml` begins with `# proxy: NAME` and,
/// optionally, `# only: TEXT`: resources whose names hold the text. New output is written by `mvn
/// test -pl mesh/translation -Dtest=GoldenTest -Dgolden.update=true`, never under CI; read the
/// difference before you keep it.
class GoldenTest {
  static final Path FOLDER = Path.of("src/test/resources/golden");

  @TestFactory
  Stream<DynamicTest> everyCaseGivesWhatIsWritten() throws IOException {
    try (Stream<Path> cases = Files.list(FOLDER)) {
      return cases.sorted().toList().stream()
          .map(one -> DynamicTest.dynamicTest(one.getFileName().toString(), () -> check(one)));
    }
  }

  private static void check(Path one) throws IOException {
    Map<String, String> actual = actual(one);
    if (Boolean.getBoolean("golden.update")) {
      assertThat(System.getenv("CI")).as("goldens are not written under CI").isNotEqualTo("true");
      for (Map.Entry<String, String> file : actual.entrySet()) {
        Files.writeString(one.resolve(file.getKey()), file.getValue());
      }
    }
    for (Map.Entry<String, String> file : actual.entrySet()) {
      Path expected = one.resolve(file.getKey());
      assertThat(expected).as("write it by -Dgolden.update=true").exists();
      assertThat(file.getValue())
          .as(one.getFileName() + "/" + file.getKey() + " (update: -Dgolden.update=true)")
          .isEqualTo(Files.readString(expected));
    }
  }

  private static Map<String, String> actual(Path one) throws IOException {
    String yaml = Files.readString(one.resolve("input.yaml"));
    EnvoyConfig config = Cinema.translate(option(yaml, "proxy", "api-gateway"), yaml);
    String only = option(yaml, "only", "");
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "listeners.json",
        EnvoyJson.of(
            config.listeners().stream()
                .filter(listener -> listener.toString().contains(only))
                .toList()));
    files.put(
        "routes.json",
        EnvoyJson.of(
            config.routes().stream().filter(routes -> routes.toString().contains(only)).toList()));
    files.put(
        "clusters.json",
        EnvoyJson.of(
            config.clusters().stream()
                .filter(cluster -> cluster.getName().contains(only))
                .toList()));
    files.put(
        "endpoints.json",
        EnvoyJson.of(
            config.endpoints().stream()
                .filter(endpoint -> endpoint.getClusterName().contains(only))
                .toList()));
    files.put("problems.txt", problems(config.problems()));
    return files;
  }

  private static String problems(List<Problem> problems) {
    return problems.stream()
        .map(problem ->
            problem.severity()
                + " "
                + problem.object()
                + " "
                + problem.field()
                + ": "
                + problem.text()
                + "\n")
        .collect(Collectors.joining());
  }

  static String option(String yaml, String name, String other) {
    return yaml.lines()
        .filter(line -> line.startsWith("# " + name + ": "))
        .map(line -> line.substring(name.length() + 4))
        .findFirst()
        .orElse(other);
  }
}
