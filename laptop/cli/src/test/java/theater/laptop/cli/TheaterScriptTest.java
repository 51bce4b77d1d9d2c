package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `theater` before any Java runs: what it needs, and what Ctrl-C leaves. Its checkout
/// has no sources, and its PATH only what every Linux has.
class TheaterScriptTest {
  private static final Path SCRIPT = Path.of("").toAbsolutePath().resolve("../../theater");
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cut",
          "dirname",
          "env",
          "find",
          "flock",
          "grep",
          "ls",
          "mkdir",
          "readlink",
          "sed",
          "setsid",
          "sha256sum",
          "sleep",
          "sort",
          "tail",
          "tr",
          "xargs");
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Path tools;
  private Path jdks;
  private Path script;

  @BeforeEach
  void emptyCheckout() throws IOException {
    tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : TOOLS) {
      program(tools.resolve(tool), "exec " + onPath(tool) + " \"$@\"");
    }
    jdks = Files.createDirectory(folder.resolve("jdks"));
    jdk("older", "21.0.5");
    script = Files.createDirectory(folder.resolve("checkout")).resolve("theater");
    Files.copy(SCRIPT, script);
    for (String file : List.of(".mvn/jvm.config", "laptop/images/an/image.json")) {
      Path read = script.resolveSibling(file);
      Files.createDirectories(read.getParent());
      Files.writeString(read, "");
    }
  }

  @Test
  void withoutTheRightJdkItIsOneLine() throws IOException {
    Tool.Answer answer = Tool.run(command("build"));
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.output().lines())
        .containsExactly(
            "No JDK 25 or newer was found: install one (apt install openjdk-25-jdk, or sdk install java 25-tem), or set JAVA_HOME.");
  }

  @Test
  void withoutMavenItIsOneLine() throws IOException {
    jdk("right", "25.0.1");
    Tool.Answer answer = Tool.run(command("up"));
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.output().lines())
        .containsExactly(
            "Maven (mvn) is not on the PATH: install it (apt install maven). It is needed to build only.");
  }

  @Test
  void interruptedBuildLeavesNoMavenAndASecondOneSaysThatItWaits() throws Exception {
    jdk("right", "25.0.1");
    Path maven = folder.resolve("maven.pid");
    String says = "echo '[INFO] Building one 1.0 [1/2]'; echo '[INFO] Building jar: /one.jar'";
    program(tools.resolve("mvn"), says + "; echo $$ >" + maven + "; exec sleep 600");

    Process up = start("up.out", "up");
    Process second = null;
    try {
      assertThat(Stopping.await(LONG, () -> read(maven).endsWith("\n"))).isTrue();
      long pid = Long.parseLong(read(maven).strip());
      assertThat(ProcessHandle.of(pid)).isPresent();
      Path progress = folder.resolve("up.out");
      assertThat(Stopping.await(LONG, () -> read(progress).contains("  one 1.0 [1/2]\n")))
          .as(read(progress))
          .isTrue();
      assertThat(read(progress)).doesNotContain("one.jar");
      second = start("second.out", "build");
      Path said = folder.resolve("second.out");
      String waits = "Another terminal is building: waiting for it to end\n";
      assertThat(Stopping.await(LONG, () -> read(said).equals(waits))).as(read(said)).isTrue();

      interrupt(second);
      assertThat(ProcessHandle.of(pid)).as("the first goes on").isPresent();
      interrupt(up);
      assertThat(up.exitValue()).isEqualTo(130);
      assertThat(ProcessHandle.of(pid)).as("Maven of the first").isEmpty();
    } finally {
      up.destroy();
      if (second != null) {
        second.destroy();
      }
    }
  }

  /// Ctrl-C, as a terminal sends it: to all processes in front.
  private static void interrupt(Process leader) throws IOException, InterruptedException {
    Tool.run(List.of("bash", "-c", "kill -INT -- -" + leader.pid()));
    assertThat(leader.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /// In a process group of its own. A test run in the background ignores SIGINT: not so its child.
  private Process start(String output, String word) throws IOException {
    List<String> words = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
    words.addAll(command(word));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    return builder.redirectOutput(folder.resolve(output).toFile()).start();
  }

  private List<String> command(String word) {
    return List.of(
        "env",
        "-i",
        "HOME=" + folder,
        "PATH=" + tools,
        "JAVA_HOME=" + jdks.resolve("older"),
        "THEATER_JDKS=" + jdks,
        "THEATER_LANG=en",
        script.toString(),
        word);
  }

  private void jdk(String name, String version) throws IOException {
    Path home = jdks.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    program(home.resolve("bin/java"), "exit 1");
    program(home.resolve("bin/javac"), "exit 1");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static Path onPath(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(part -> Path.of(part, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + tool));
  }
}
