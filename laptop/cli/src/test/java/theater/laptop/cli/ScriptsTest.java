package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The shell scripts that people type: they parse, they help in both languages, they refuse
/// nonsense.
class ScriptsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();

  @Test
  void everyScriptParses() throws IOException {
    for (Path script : scripts()) {
      assertThat(Tool.run(List.of("bash", "-n", script.toString())).output())
          .as(script.toString())
          .isEmpty();
    }
  }

  @Test
  void everyScriptHelpsAndRefusesUnknownOptions() throws IOException {
    for (Path script : scripts()) {
      String name = script.getFileName().toString();
      if (name.equals("common.sh") || name.equals("theater") || name.equals("run")) {
        continue;
      }
      Tool.Answer korean = Tool.run(List.of("env", "THEATER_LANG=ko", script.toString(), "--help"));
      Tool.Answer english =
          Tool.run(List.of("env", "THEATER_LANG=en", script.toString(), "--help"));
      assertThat(korean.exit()).as(name).isZero();
      assertThat(korean.output()).startsWith("사용법");
      assertThat(english.output()).startsWith("Usage").contains(name);
      assertThat(Tool.run(List.of(script.toString(), "--nonsense")).exit()).as(name).isEqualTo(2);
    }
  }

  @Test
  void deployedRulesAreThoseOfTheFirstPractice() throws IOException {
    for (String kind : List.of("destinationrules", "virtualservices")) {
      assertThat(uncommented("k8s/base/istio-" + kind + ".yaml"))
          .isEqualTo(uncommented("practice/01-initial/" + kind + ".yaml"));
    }
  }

  private static List<String> uncommented(String file) throws IOException {
    return Files.readAllLines(ROOT.resolve(file)).stream()
        .filter(line -> !line.strip().startsWith("#"))
        .toList();
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> k8s = Files.list(ROOT.resolve("k8s"));
        Stream<Path> practice = Files.list(ROOT.resolve("practice"))) {
      Stream<Path> found = Stream.concat(k8s, practice).filter(f -> f.toString().endsWith(".sh"));
      Stream<Path> others = Stream.of(ROOT.resolve("theater"), ROOT.resolve(".ci/run"));
      return Stream.concat(found, others).sorted().toList();
    }
  }
}
