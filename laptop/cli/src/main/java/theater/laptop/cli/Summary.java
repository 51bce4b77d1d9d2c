package theater.laptop.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.ResourceTypes;

/// What a person needs to know when everything runs: addresses, the line for the shell, the cost.
record Summary(Settings settings, Messages messages) {

  void print(Duration took) {
    System.out.println(messages.text("up.ready", took.toSeconds()));
    System.out.println();
    System.out.println("  " + messages.text("up.address", settings.domain()));
    System.out.println();
    System.out.println(
        "  export KUBECONFIG=" + settings.home().kubeconfig() + " DOMAIN=" + settings.domain());
    Path kubectl = settings.engineLinks().resolve(Engine.named("kubectl").link());
    if (!first(kubectl, System.getenv().getOrDefault("PATH", ""))) {
      System.out.println("  export PATH=" + kubectl.getParent() + ":$PATH");
    }
    System.out.println();
    System.out.println("  " + messages.text("up.key", instructorKey()));
    Memory memory = Memory.of(new OwnProcesses(settings.home()).all());
    System.out.println("  " + messages.text("up.memory", memory.mib(), memory.processes()));
    memory.table().forEach(line -> System.out.println("  " + line));
  }

  /// Empty when there is none.
  String instructorKey() {
    try {
      String encoded =
          Contexts.open(settings)
              .get("ctx1")
              .get(ResourceTypes.SECRET, Contexts.NAMESPACE, "theater-instructor")
              .path("data")
              .path("key")
              .asText();
      return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (KubeException | KubeUnavailableException e) {
      return "";
    }
  }

  /// Whether a shell with this PATH runs this program when its name is typed: another kubectl
  /// before it may be too old.
  static boolean first(Path program, String path) {
    for (String folder : path.split(":")) {
      Path found = Path.of(folder, program.getFileName().toString());
      if (Files.isRegularFile(found) && Files.isExecutable(found)) {
        try {
          return Files.isSameFile(found, program);
        } catch (IOException e) {
          return false;
        }
      }
    }
    return false;
  }
}
