package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shell scripts that people type: they parse, they help in both languages, they refuse
/// nonsense.
class ScriptsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final String PATH = System.getenv("PATH");

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
  void theDemoNamesTheWordThatItDoesNotKnow() throws IOException {
    assertThat(demo(PATH, "en", "nonsense").output()).startsWith("Unknown: nonsense\nUsage: ");
    assertThat(demo(PATH, "en", "--context", "ctx3").output())
        .startsWith("Unknown: --context ctx3\n");
    assertThat(demo(PATH, "ko", "delay", "more").output()).startsWith("모르는 말입니다: more\n사용법: ");
  }

  @Test
  void theDemoTellsAStoppedTheaterFromOneWithoutTheCourse(@TempDir Path tools) throws IOException {
    kubectl(tools, "case \"$*\" in *get-contexts*) echo ctx1 ;; *) exit 1 ;; esac");
    assertThat(demo(tools + ":" + PATH, "en", "--context", "ctx1", "status").output())
        .startsWith("The API server of ctx1 does not answer.");
    kubectl(tools, "case \"$*\" in *get-contexts*) echo ctx1 ;; esac");
    assertThat(demo(tools + ":" + PATH, "en", "--context", "ctx1", "status").output())
        .startsWith("ctx1 has no user-service.");
  }

  private static void kubectl(Path folder, String does) throws IOException {
    Path file = Files.writeString(folder.resolve("kubectl"), "#!/bin/sh\n" + does + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Tool.Answer demo(String path, String language, String... words)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("env", "PATH=" + path, "THEATER_LANG=" + language));
    command.add(ROOT.resolve("practice/fault-injection-demo.sh").toString());
    command.addAll(List.of(words));
    return Tool.run(command);
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
