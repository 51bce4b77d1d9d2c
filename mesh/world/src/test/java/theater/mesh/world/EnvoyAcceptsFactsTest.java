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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// A real Envoy takes what the command prints for every recorded case: all proxies of a case at
/// once.
class EnvoyAcceptsFactsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyCase() throws IOException {
    Path facts = SharedFacts.folder().orElse(null);
    assumeTrue(facts != null, SharedFacts.ABSENT);
    Path envoy = envoy();
    assumeTrue(Files.isExecutable(envoy), "no Envoy at " + envoy + ": ./theater up fetches it");
    try (Stream<Path> cases = Files.list(facts.resolve("cases"))) {
      return cases.sorted().toList().stream()
          .map(one ->
              DynamicTest.dynamicTest(
                  one.getFileName().toString(), () -> accepted(envoy, facts, one)));
    }
  }

  private static Path envoy() {
    String engines = System.getenv("THEATER_ENGINES");
    String cache =
        System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    return Path.of(engines != null ? engines : cache + "/theater/engines")
        .resolve("envoy-1.40.0/envoy");
  }

  private void accepted(Path envoy, Path facts, Path one) throws IOException, InterruptedException {
    DumpBootstrap bootstrap = new DumpBootstrap();
    for (JsonNode proxy : JSON.readTree(one.resolve("case.json").toFile()).path("proxies")) {
      bootstrap.add(
          JSON.readTree(
              RecordedCase.print(facts, one, new ArrayList<>(), "--proxy", proxy.asText())));
    }
    assertThat(bootstrap.clusters()).isPositive();
    Path written = folder.resolve(one.getFileName() + ".json");
    Files.writeString(written, bootstrap.json());
    Path log = folder.resolve(one.getFileName() + ".log");
    List<String> command =
        List.of(
            envoy.toString(),
            "--mode",
            "validate",
            "-c",
            written.toString(),
            "-l",
            "error",
            "--disable-hot-restart");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }
}
