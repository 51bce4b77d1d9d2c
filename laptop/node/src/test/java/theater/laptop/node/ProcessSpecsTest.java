package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import theater.laptop.plan.AddressPlan;
import theater.laptop.plan.HomeFolder;

/// Pod in, processes out; nothing is started. `-Dgolden.update=true` writes the expectations anew.
class ProcessSpecsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final NodeConfig CONFIG =
      new NodeConfig(
          "ctx1",
          "node-1",
          Map.of(),
          new HomeFolder(Path.of("/home/x/.theater")),
          new AddressPlan(0),
          Path.of("/ca.crt"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a-service-with-its-sidecar", "a-gateway-is-an-envoy-alone"})
  void golden(String name) throws Exception {
    String actual = text(specs(name));
    Path expected = GOLDEN.resolve(name).resolve("processes.txt");
    if (Boolean.getBoolean("golden.update")) {
      assertThat(System.getenv("CI")).as("goldens are not written in CI").isNull();
      Files.writeString(expected, actual);
    }
    assertThat(actual)
        .as("to accept: mvn -pl laptop/node -am test -Dtest=ProcessSpecsTest -Dgolden.update=true")
        .isEqualTo(Files.readString(expected));
  }

  @Test
  void envoyAcceptsTheBootstrap() throws Exception {
    String engines =
        System.getenv()
            .getOrDefault(
                "THEATER_ENGINES", System.getProperty("user.home") + "/.cache/theater/engines");
    Path envoy = Path.of(engines, "envoy-1.40.0/envoy");
    assumeThat(envoy).as("the Envoy engine").isExecutable();
    for (ProcessSpec spec : specs("a-service-with-its-sidecar")) {
      for (String file : spec.files().values()) {
        Path bootstrap = Files.writeString(folder.resolve("envoy.json"), file);
        Process process =
            new ProcessBuilder(
                    envoy.toString(),
                    "--mode",
                    "validate",
                    "-c",
                    bootstrap.toString(),
                    "-l",
                    "error")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
      }
    }
  }

  private static List<ProcessSpec> specs(String name) throws IOException {
    ObjectNode pod = Bench.yaml(Files.readString(GOLDEN.resolve(name).resolve("pod.yaml")));
    PodPlace place = new PodPlace(pod, "127.1.4.1", "ctx1", CONFIG.home());
    List<ProcessSpec> specs = new java.util.ArrayList<>();
    for (JsonNode container : pod.path("spec").path("containers")) {
      boolean proxy = PodPlace.isProxy(container);
      Image image =
          proxy
              ? new Image(
                  "proxyv2",
                  Path.of("/images/proxyv2"),
                  List.of("/engines/envoy"),
                  List.of(),
                  Map.of())
              : new Image(
                  "user-service",
                  Path.of("/images/user-service/v1"),
                  List.of(
                      "/java",
                      "-cp",
                      "/images/user-service/v1/app.jar",
                      "theater.user.UserService"),
                  List.of("unused"),
                  Map.of("IMAGE", "yes"));
      specs.add(ProcessSpecs.of(place, CONFIG, new Given(), container, image));
    }
    return specs;
  }

  private static String text(List<ProcessSpec> specs) {
    StringBuilder text = new StringBuilder();
    for (ProcessSpec spec : specs) {
      text.append("== ")
          .append(spec.container())
          .append("\nfolder ")
          .append(spec.folder())
          .append("\nlog ")
          .append(spec.log())
          .append("\n");
      spec.command().forEach(word -> text.append("word ").append(word).append("\n"));
      spec.environment()
          .forEach((key, value) ->
              text.append("env ").append(key).append("=").append(value).append("\n"));
      spec.files()
          .forEach((path, content) ->
              text.append("file ").append(path).append("\n").append(content).append("\n"));
    }
    return text.toString();
  }

  /// The objects that the pods refer to.
  private record Given() implements Sources {
    @Override
    public Optional<JsonNode> configMap(String namespace, String name) {
      return name.equals("settings")
          ? Optional.of(Bench.yaml("data: {color: red}"))
          : Optional.empty();
    }

    @Override
    public Optional<JsonNode> secret(String namespace, String name) {
      return name.equals("instructor")
          ? Optional.of(Bench.yaml("data: {key: c2VjcmV0}"))
          : Optional.empty();
    }

    @Override
    public Optional<JsonNode> claim(String namespace, String name) {
      return Optional.empty();
    }

    @Override
    public List<ObjectNode> services() {
      return List.of(
          Bench.yaml(
              "metadata: {name: movie-service, namespace: theater-msa}\nspec: {clusterIP: 127.1.0.12, ports: [{name: http-movie, port: 8082}, {port: 53, protocol: UDP}]}"),
          Bench.yaml(
              "metadata: {name: headless, namespace: theater-msa}\nspec: {clusterIP: None, ports: [{port: 1}]}"),
          Bench.yaml(
              "metadata: {name: elsewhere, namespace: default}\nspec: {clusterIP: 127.1.0.13, ports: [{port: 80}]}"));
    }

    @Override
    public Map<String, String> nodeLabels() {
      return Map.of(
          "topology.kubernetes.io/region", "ncp-kr", "topology.kubernetes.io/zone", "kr-1");
    }

    @Override
    public String network() {
      return "network1";
    }
  }
}
