package theater.visitor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An instance of Theater of the tests' own: folder, ports and loopback addresses, beside whatever
/// else runs on this computer.
public final class Theater implements AutoCloseable {
  private final int instance;
  private final TemporaryFolder folder;
  private final Path home;

  /// @param instance 0 is the learner's; tests take 20 and more
  public Theater(int instance) {
    this.instance = instance;
    this.folder = TemporaryFolder.named("theater-" + instance + "-");
    this.home = folder.path();
  }

  public Path home() {
    return home;
  }

  public static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("theater"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  public Shell shell() {
    Map<String, String> environment = new HashMap<>();
    environment.put("THEATER_INSTANCE", Integer.toString(instance));
    environment.put("THEATER_HOME", home.toString());
    environment.put("THEATER_LANG", "en");
    environment.put("THEATER_SKIP_BUILD", "1");
    environment.put("KUBECONFIG", home.resolve("kubeconfig").toString());
    environment.put("DOMAIN", "localhost:" + port());
    return new Shell(repository(), environment);
  }

  public int port() {
    return 8880 + 10 * instance;
  }

  public String address() {
    return "http://localhost:" + port();
  }

  public Calls calls() {
    return new Calls(address());
  }

  /// Runs `./theater …`.
  public Shell.Outcome theater(String... arguments) {
    return shell().run(Duration.ofMinutes(4), command("./theater", arguments));
  }

  public Shell.Outcome up() {
    return theater("up").ok();
  }

  /// The real kubectl with the instance's kubeconfig.
  public Shell.Outcome kubectl(String... arguments) {
    return shell().run(Duration.ofMinutes(2), command("./theater", command("kubectl", arguments)));
  }

  public Shell.Outcome kubectlWithInput(String input, String... arguments) {
    return shell()
        .feed(Duration.ofMinutes(2), input, command("./theater", command("kubectl", arguments)));
  }

  /// Runs a script of the course, as `k8s/cleanup.sh --all`, with the theater's kubectl on the
  /// PATH.
  public Shell.Outcome script(String... command) {
    return scriptWithInput(null, command);
  }

  /// @param input what the person types; null for nothing
  public Shell.Outcome scriptWithInput(String input, String... command) {
    Map<String, String> environment = new HashMap<>(shell().environment());
    environment.put(
        "PATH",
        home.resolve("engines/kubectl-1.35") + ":" + System.getenv().getOrDefault("PATH", ""));
    return new Shell(repository(), environment).feed(Duration.ofMinutes(5), input, command);
  }

  public Context ctx1() {
    return new Context(this, "ctx1");
  }

  public Context ctx2() {
    return new Context(this, "ctx2");
  }

  /// Applies a practice in both contexts, as the course does.
  public void practice(String name) {
    for (String context : new String[] {"ctx1", "ctx2"}) {
      kubectl("--context", context, "apply", "-k", "practice/" + name).ok();
    }
  }

  private static String[] command(String first, String... rest) {
    return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
  }

  /// @throws AssertionError when `down` has left a process; it is ended all the same
  @Override
  public void close() {
    theater("down");
    List<Processes.Started> left = new Processes(home).all();
    left.forEach(Processes.Started::kill);
    folder.close();
    if (!left.isEmpty()) {
      throw new AssertionError(
          "left after down: " + left.stream().map(Processes.Started::commandLine).toList());
    }
  }
}
