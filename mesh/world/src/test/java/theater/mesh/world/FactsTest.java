package theater.mesh.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// We mean what Istio means: every recorded case through the command, scored by the shared script.
class FactsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What no Envoy can reach by a declared port; the shared script does not score it either.
  private static final List<String> LEFT_OUT = List.of("quirk");

  @TempDir Path dumps;

  @Test
  void everyCaseHoldsExactly() throws Exception {
    Path facts = SharedFacts.folder().orElse(null);
    assumeTrue(facts != null, SharedFacts.ABSENT);
    Map<String, List<String>> problems = new TreeMap<>();
    try (Stream<Path> cases = Files.list(facts.resolve("cases"))) {
      for (Path one : cases.sorted().toList()) {
        problems.put(one.getFileName().toString(), dump(facts, one));
      }
    }
    List<JsonNode> scores = score(facts);
    assertThat(scores).hasSize(problems.size());
    List<String> wrong = new ArrayList<>();
    StringBuilder table = new StringBuilder("case | delta | exact | modelled\n");
    int exact = 0;
    double sum = 0;
    for (JsonNode score : scores) {
      String name = score.path("case").asText();
      boolean modelled =
          problems.get(name).stream().noneMatch(line -> line.startsWith("NOT_MODELLED"));
      List<String> differences = new ArrayList<>();
      score.path("missing").forEach(fact -> differences.add("- " + fact.asText()));
      score.path("extra").forEach(fact -> differences.add("+ " + fact.asText()));
      boolean same = differences.stream().allMatch(FactsTest::leftOut);
      double delta =
          name.startsWith("001")
              ? score.path("result").path("score").asDouble()
              : score.path("result").path("delta").path("score").asDouble();
      exact += same ? 1 : 0;
      sum += delta;
      table.append(
          "%s | %.3f | %s | %s%n"
              .formatted(
                  name,
                  delta,
                  same ? differences.isEmpty() ? "yes" : "but left-out groups" : "no",
                  modelled ? "yes" : "no"));
      if (!same) {
        wrong.add(
            name
                + "\n  "
                + String.join(
                    "\n  ",
                    differences.stream().filter(line -> !leftOut(line)).limit(12).toList()));
      }
    }
    table.append(
        "exact %d of %d, mean delta %.3f%n".formatted(exact, scores.size(), sum / scores.size()));
    System.out.println(table);
    Files.writeString(Path.of("target/facts.txt"), table.toString());
    Files.writeString(Path.of("target/facts-differences.json"), JSON.writeValueAsString(scores));
    assertThat(wrong).as("cases with other facts than Istio's").isEmpty();
    assertThat(exact).isEqualTo(scores.size());
  }

  private static boolean leftOut(String difference) {
    return LEFT_OUT.stream().anyMatch(group -> difference.contains("] " + group + " |"));
  }

  private List<String> dump(Path facts, Path one) throws IOException {
    Path folder = Files.createDirectories(dumps.resolve(one.getFileName()));
    List<String> problems = new ArrayList<>();
    Files.writeString(
        folder.resolve("names.json"), RecordedCase.print(facts, one, problems, "--names"));
    for (JsonNode proxy : JSON.readTree(one.resolve("case.json").toFile()).path("proxies")) {
      Files.writeString(
          folder.resolve(proxy.asText() + ".json"),
          RecordedCase.print(facts, one, problems, "--proxy", proxy.asText()));
    }
    return problems;
  }

  private List<JsonNode> score(Path facts) throws IOException, InterruptedException {
    Path script = dumps.resolveSibling("score-" + dumps.getFileName() + ".py");
    try (var resource = FactsTest.class.getResourceAsStream("/score.py")) {
      Files.copy(resource, script);
    }
    Path output = dumps.resolveSibling("scores-" + dumps.getFileName() + ".txt");
    try {
      Process python =
          new ProcessBuilder(
                  "python3",
                  script.toString(),
                  facts.resolve("semantics").toString(),
                  facts.resolve("cases").toString(),
                  dumps.toString())
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      assertThat(python.waitFor()).isZero();
      List<JsonNode> result = new ArrayList<>();
      for (String line : Files.readAllLines(output)) {
        result.add(JSON.readTree(line));
      }
      return result;
    } finally {
      Files.deleteIfExists(script);
      Files.deleteIfExists(output);
    }
  }
}
