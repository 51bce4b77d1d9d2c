package theater.laptop.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import theater.laptop.plan.AddressPlan;
import theater.laptop.plan.HomeFolder;

/// Trains the control plane: one of ctx1 on an empty store, into which kubectl writes the
/// pre-installed objects and the course.
record PlatformTraining(Settings settings, Path work, Path kubectl) implements Training {
  private static final Duration READY = Duration.ofSeconds(30);
  private static final int INSTANCE = 24;

  @Override
  public Path cache() {
    return settings.build().resolve("platform/control-plane.aot");
  }

  /// Without the folders of one instance.
  @Override
  public List<String> command() {
    return Platform.java(trial(), "control-plane", "ctx1").stream()
        .filter(word -> !word.startsWith("-Dtheater.") && !word.startsWith("-XX:AOT"))
        .toList();
  }

  @Override
  public void run(Path output) {
    Settings trial = trial();
    new RunFolder(trial.home()).create();
    new Credentials(trial).write();
    List<String> command = new ArrayList<>(Platform.java(trial, "control-plane", "ctx1"));
    command.add(1, "-XX:AOTCacheOutput=" + output);
    Map<String, String> environment = new HashMap<>(System.getenv());
    Platform.environment(trial, environment);
    try (Trained program = Trained.start(command, environment, work)) {
      Kubectl tool = new Kubectl(trial, kubectl);
      if (!Stopping.await(READY, () -> call(tool, null, "get", "namespaces") == 0)) {
        throw new TrainingException(
            "the API server did not answer: " + SupervisorProcess.tail(program.log()));
      }
      for (String folder : List.of("laptop/preinstalled/ctx1", "k8s/overlays/ctx2")) {
        List<String> manifests = new ArrayList<>();
        tool.run(
            null,
            manifests::add,
            "kubectl",
            "kustomize",
            settings.root().resolve(folder).toString());
        String text = String.join("\n", manifests).replaceAll("\\$\\{[A-Z_]+}", "localhost:1");
        call(tool, text, "apply", "-f", "-");
        call(tool, text, "apply", "-f", "-");
      }
      call(tool, null, "get", "pods,deployments,vs,dr", "-A");
      call(tool, null, "get", "pods", "-A", "-o", "yaml");
      program.end(output);
    }
  }

  private Settings trial() {
    return new Settings(
        settings.root(),
        settings.build(),
        new HomeFolder(work.resolve("home")),
        new AddressPlan(INSTANCE),
        settings.engines(),
        settings.language());
  }

  private static int call(Kubectl tool, String input, String... words) {
    List<String> command = new ArrayList<>(List.of("kubectl", "--context", "ctx1"));
    command.addAll(List.of(words));
    return tool.run(input, line -> {}, command.toArray(String[]::new));
  }
}
