package theater.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A container runs the same program with the same flags as a process of the laptop.
class DockerfilesTest {
  /// Only for the start cache, which a container image does not have.
  private static final Set<String> OF_THE_CACHE =
      Set.of(
          "-XX:AOTCache=${image}/app.aot",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:-AOTReplayTraining",
          "-Xlog:aot*=off",
          "-Xlog:cds*=off");

  @ParameterizedTest
  @ValueSource(strings = {"user-service", "movie-service", "booking-service", "api-gateway"})
  void dockerfileSaysWhatImageJsonSays(String service) throws IOException {
    Path folder = Path.of("services", service);
    JsonNode image =
        new ObjectMapper().readTree(Repository.read(folder.resolve("src/main/image/image.json")));
    List<String> expected = new ArrayList<>();
    for (JsonNode word : image.path("command")) {
      if (!OF_THE_CACHE.contains(word.asText())) {
        expected.add(
            word.asText()
                .replace("${java}", "java")
                .replace("${image}", "/app")
                .replace(":${names}", ""));
      }
    }
    List<String> lines = Repository.read(folder.resolve("Dockerfile")).lines().toList();
    String command =
        lines.stream().filter(line -> line.startsWith("CMD ")).findFirst().orElseThrow();
    assertThat(new ObjectMapper().readTree(command.substring(4)))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(expected);
    List<String> environment = new ArrayList<>();
    image
        .path("env")
        .properties()
        .forEach(e -> environment.add("ENV " + e.getKey() + "=" + e.getValue().asText()));
    assertThat(lines.stream().filter(line -> line.startsWith("ENV ")))
        .containsExactlyInAnyOrderElementsOf(environment);
    assertThat(lines).contains("EXPOSE " + image.at("/train/port").asInt());
  }
}
