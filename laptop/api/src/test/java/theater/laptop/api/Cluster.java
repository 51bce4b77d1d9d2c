package theater.laptop.api;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import theater.laptop.api.admission.Admission;
import theater.laptop.plan.HomeFolder;

/// A server in a folder of its own, and the real kubectl to talk to it.
final class Cluster implements AutoCloseable {
  final HomeFolder home;
  private final Path kubectl;
  private final TestIdentity identity = TestIdentity.get();
  ApiServer server;

  Cluster(Path folder, Admission... admissions) throws Exception {
    kubectl = kubectl();
    assumeTrue(
        kubectl != null,
        "skipped: kubectl is not in the engines folder (THEATER_ENGINES or ~/.cache/theater/engines)");
    home = new HomeFolder(folder);
    start(admissions);
  }

  void start(Admission... admissions) throws Exception {
    server =
        ApiServer.start(
            new ApiServer.Config(
                "ctx1",
                0,
                identity.chain(),
                identity.key(),
                identity.root(),
                home,
                "127.131.0.",
                10,
                250,
                List.of(admissions)));
    Files.writeString(home.kubeconfig(), identity.kubeconfig(server.port(), null));
  }

  Path tokenKubeconfig(String token) throws Exception {
    return Files.writeString(
        home.root().resolve("token-kubeconfig"), identity.kubeconfig(server.port(), token));
  }

  private static Path kubectl() {
    Map<String, String> environment = System.getenv();
    String cache =
        environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    Path file =
        Path.of(
            environment.getOrDefault("THEATER_ENGINES", cache + "/theater/engines"),
            "kubectl-1.35",
            "kubectl");
    return Files.isExecutable(file) ? file : null;
  }

  /// `shared/kube-facts`, searched upward; the test is skipped where it is not.
  static Path facts() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/kube-facts"))) {
        return at.resolve("shared/kube-facts");
      }
    }
    assumeTrue(
        false, "skipped: no shared/kube-facts above this folder; it is there in development only");
    return null;
  }

  /// What one command said.
  record Answer(int exit, String text) {}

  /// Runs kubectl with these words, output and errors together.
  Answer run(Path folder, String... words) throws IOException, InterruptedException {
    return run(home.kubeconfig(), folder, words);
  }

  Answer run(Path kubeconfig, Path folder, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(kubectl.toString(), "--kubeconfig", kubeconfig.toString()));
    command.addAll(Arrays.asList(words));
    Path out = Files.createTempFile(home.root(), "out", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("HOME", home.root().toString());
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(
          "kubectl " + String.join(" ", words) + " did not end; it said: " + Files.readString(out));
    }
    return new Answer(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.close();
  }
}
