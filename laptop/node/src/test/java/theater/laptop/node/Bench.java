package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;
import theater.kube.fake.FakeKubeApi;
import theater.laptop.plan.AddressPlan;
import theater.laptop.plan.HomeFolder;

/// A node agent on a fake API server, with an image `sh` that runs what a pod's args say.
final class Bench implements AutoCloseable {
  static final long PATIENCE = 30;
  static final AddressPlan PLAN = new AddressPlan(14);
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  final FakeKubeApi api = new FakeKubeApi();
  final Path folder;
  final HomeFolder home;
  NodeAgent agent;

  Bench(Path folder) throws IOException {
    this.folder = folder;
    this.home = new HomeFolder(folder.resolve("home"));
    Path image = Files.createDirectories(folder.resolve("images/sh/latest")).resolve("image.json");
    Files.writeString(
        image,
        "{\"command\": [\"/bin/sh\", \"-c\"], \"args\": [\"exec sleep 1000\"], \"env\": {}}");
    Files.writeString(folder.resolve("ca.crt"), "certificate\n");
  }

  ImageStore images() {
    return new ImageStore(
        folder.resolve("images"),
        Path.of("/opt/java"),
        Path.of("/opt/names.jar"),
        Path.of("/opt/engines"));
  }

  NodeConfig config() {
    return new NodeConfig(
        "ctx1", "node-1", Map.of("cluster-name", "ctx1"), home, PLAN, folder.resolve("ca.crt"));
  }

  Bench start() {
    TokenSource tokens = (namespace, account) -> "token of " + namespace + "/" + account;
    agent =
        new NodeAgent(
                config(),
                api,
                images(),
                tokens,
                new PodAddresses(PLAN, "ctx1"),
                Duration.ofMillis(300))
            .start();
    return this;
  }

  static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ObjectNode create(ResourceType type, String text) {
    return api.create(type, yaml(text));
  }

  /// A pod of one container `main` that runs a shell script.
  ObjectNode pod(String name, String script, String more) {
    ObjectNode pod =
        yaml(
            "metadata: {name: "
                + name
                + ", namespace: default}\nspec: {nodeName: node-1, terminationGracePeriodSeconds: 5}\n");
    ObjectNode container = yaml("name: main\nimage: sh\n" + more);
    container.putArray("args").add(script);
    pod.withObjectProperty("spec").putArray("containers").add(container);
    return pod;
  }

  JsonNode awaitPod(String name, String what, Predicate<JsonNode> condition)
      throws InterruptedException {
    boolean came =
        api.await(
            () -> api.find(ResourceTypes.POD, "default", name).filter(condition).isPresent(),
            PATIENCE);
    JsonNode pod = api.find(ResourceTypes.POD, "default", name).orElse(null);
    if (!came) {
      String status = pod == null ? "gone" : pod.path("status").toPrettyString();
      throw new AssertionError(
          "pod " + name + " is not " + what + " after " + PATIENCE + " s: " + status);
    }
    return pod;
  }

  void awaitGone(String name) throws InterruptedException {
    if (!api.await(() -> api.find(ResourceTypes.POD, "default", name).isEmpty(), PATIENCE)) {
      throw new AssertionError("pod " + name + " is still there");
    }
  }

  static boolean ready(JsonNode pod) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  String log(JsonNode pod) {
    try {
      Path log = home.log("ctx1", Meta.uid(pod), "main");
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitLog(JsonNode pod, String text) throws InterruptedException {
    if (!api.await(() -> log(pod).contains(text), PATIENCE)) {
      throw new AssertionError(
          "the log has no \"" + text + "\" after " + PATIENCE + " s: " + log(pod));
    }
  }

  /// An event about a pod's container.
  ///
  /// @param start of `TYPE REASON: MESSAGE`
  /// @param count how often it was told at least
  void awaitEvent(String start, int count) throws InterruptedException {
    if (!api.await(() -> events().stream().anyMatch(each -> told(each, start, count)), PATIENCE)) {
      throw new AssertionError(
          "no " + start + " (" + count + " times) in:\n" + String.join("\n", events()));
    }
  }

  private static boolean told(String event, String start, int count) {
    String[] parts = event.split("x ", 2);
    return parts[1].startsWith(start) && Integer.parseInt(parts[0]) >= count;
  }

  /// `COUNTx TYPE REASON: MESSAGE`
  private List<String> events() {
    return api.list(ResourceTypes.EVENT, null, null).items().stream()
        .map(event ->
            "%sx %s %s: %s"
                .formatted(
                    event.path("count"),
                    event.path("type").asText(),
                    event.path("reason").asText(),
                    event.path("message").asText()))
        .toList();
  }

  /// One more image, which runs a shell script.
  void image(String name, String script) throws IOException {
    Path image = Files.createDirectories(folder.resolve("images").resolve(name).resolve("latest"));
    ObjectNode json = yaml("command: [/bin/sh, -c]");
    json.putArray("args").add(script);
    Files.writeString(image.resolve("image.json"), json.toString());
  }

  void setImage(String pod, String image) {
    ObjectNode patch = yaml("spec: {}");
    JsonNode now = api.get(ResourceTypes.POD, "default", pod).path("spec").path("containers");
    ((ObjectNode) now.path(0)).put("image", image);
    patch.withObjectProperty("spec").set("containers", now);
    api.mergePatch(ResourceTypes.POD, "default", pod, null, patch);
  }

  static JsonNode container(JsonNode pod) {
    return pod.path("status").path("containerStatuses").path(0);
  }

  static String waiting(JsonNode pod) {
    return container(pod).path("state").path("waiting").path("reason").asText();
  }

  @Override
  public void close() {
    if (agent != null) {
      agent.close();
    }
  }
}
