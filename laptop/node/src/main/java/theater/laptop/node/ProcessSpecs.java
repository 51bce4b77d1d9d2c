package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A container of a pod → the process that stands for it. Pure: nothing is started or written.
final class ProcessSpecs {
  private static final List<String> ENVOY =
      List.of(
          "--concurrency",
          "1",
          "--disable-hot-restart",
          "--drain-time-s",
          "10",
          "--drain-strategy",
          "immediate",
          "--file-flush-interval-msec",
          "50",
          "-l",
          "warning");

  private ProcessSpecs() {}

  /// @throws ContainerConfigException when its environment cannot be made
  static ProcessSpec of(
      PodPlace place, NodeConfig config, Sources sources, JsonNode container, Image image) {
    Map<String, String> env = new Environment(place, config, sources).of(container, image);
    String name = container.path("name").asText();
    if (PodPlace.isProxy(container)) {
      ObjectNode bootstrap = new EnvoyBootstrap(place, sources).of(env);
      List<String> command = new ArrayList<>(image.command());
      command.addAll(image.args());
      command.addAll(List.of("-c", place.bootstrap().toString()));
      command.addAll(ENVOY);
      return new ProcessSpec(
          name,
          command,
          env,
          place.folder(),
          place.log(name),
          Map.of(place.bootstrap(), bootstrap.toPrettyString()));
    }
    MountPaths mounts = new MountPaths(place, container);
    boolean ownCommand = !container.path("command").isEmpty();
    List<String> command =
        new ArrayList<>(ownCommand ? texts(container.path("command")) : image.command());
    // As in Kubernetes: a command of its own also drops the image's arguments.
    command.addAll(
        !container.path("args").isEmpty()
            ? texts(container.path("args"))
            : ownCommand ? List.of() : image.args());
    command.replaceAll(text -> mounts.rewrite(Expansion.expand(text, env)));
    if (command.isEmpty()) {
      throw new ContainerConfigException(
          "no command specified: neither the container nor image "
              + image.reference()
              + " has one");
    }
    String folder = container.path("workingDir").asText("");
    return new ProcessSpec(
        name,
        command,
        env,
        folder.isEmpty() ? place.homeFolder() : Path.of(mounts.rewrite(folder)),
        place.log(name),
        Map.of());
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
