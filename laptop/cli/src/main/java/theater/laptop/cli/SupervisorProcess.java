package theater.laptop.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.ResourceTypes;

/// The supervisor as `up` sees it: started apart from the terminal, watched until its API servers
/// answer.
record SupervisorProcess(Settings settings, Messages messages, Progress progress) {
  private static final Duration START = Duration.ofSeconds(60);
  private static final int LOG_TAIL = 15;

  void start() {
    progress.step(messages.text("up.supervisor"));
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(Platform.java(settings, "supervise"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectOutput(settings.supervisorLog().toFile());
    builder.directory(settings.home().root().toFile());
    Platform.environment(settings, builder.environment());
    try {
      Files.writeString(settings.home().run().resolve("build"), settings.build() + "\n");
      builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("the supervisor cannot be started", e);
    }
    RunFolder run = new RunFolder(settings.home());
    if (!Stopping.await(START, () -> run.supervisor().isPresent())) {
      throw failed();
    }
  }

  boolean alive() {
    return new RunFolder(settings.home()).supervisor().isPresent();
  }

  /// @throws CommandException with the end of the log when the supervisor has ended or the API
  ///   servers do not come
  Map<String, KubeApi> awaitApiServers() {
    Path kubeconfig = settings.home().kubeconfig();
    if (!Stopping.await(START, () -> Files.exists(kubeconfig) || !alive()) || !alive()) {
      throw failed();
    }
    Map<String, KubeApi> apis = Contexts.open(settings);
    for (Map.Entry<String, KubeApi> api : apis.entrySet()) {
      if (!Stopping.await(START, () -> !alive() || answers(api.getValue())) || !alive()) {
        throw failed();
      }
    }
    return apis;
  }

  private static boolean answers(KubeApi api) {
    try {
      api.list(ResourceTypes.NAMESPACE, null, null);
      return true;
    } catch (KubeUnavailableException | KubeException e) {
      return false;
    }
  }

  CommandException failed() {
    return messages.failure("up.failed", settings.supervisorLog(), tail(settings.supervisorLog()));
  }

  static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
