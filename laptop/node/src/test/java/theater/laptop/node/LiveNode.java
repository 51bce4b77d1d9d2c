package theater.laptop.node;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;
import theater.laptop.api.ApiServer;
import theater.laptop.plan.HomeFolder;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.identity.IssuedCertificate;

/// A real API server, a real node agent and the real kubectl; an image `sh` that runs what a pod's
/// args say.
public final class LiveNode implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;
  final HomeFolder home;
  private final Path folder;
  private final Path kubectl;
  private final ApiServer server;
  private final NodeAgent agent;

  public LiveNode(Path folder) throws Exception {
    this.folder = folder;
    kubectl = engine("kubectl-1.35/kubectl");
    home = new HomeFolder(folder.resolve("home"));
    Files.createDirectories(home.root());
    CertificateAuthority authority = CertificateAuthority.open(home.pki());
    IssuedCertificate serving = authority.server(List.of("127.0.0.1", "localhost"));
    server =
        ApiServer.start(
            new ApiServer.Config(
                "ctx1",
                0,
                certificates(serving.chainPem()),
                key(serving.keyPem()),
                certificates(authority.rootPem()).getFirst(),
                home,
                "127.141.0.",
                10,
                250,
                List.of()));
    kubeconfig(authority);
    Path image = Files.createDirectories(folder.resolve("images/sh/latest")).resolve("image.json");
    Files.writeString(image, "{\"command\": [\"/bin/sh\", \"-c\"], \"args\": [], \"env\": {}}");
    agent =
        new NodeAgent(
                new NodeConfig(
                    "ctx1", "node-1", Map.of(), home, Bench.PLAN, home.pki().resolve("root.crt")),
                server.api(),
                new ImageStore(
                    folder.resolve("images"),
                    Path.of("/opt/java"),
                    Path.of("/opt/names.jar"),
                    kubectl.getParent().getParent()),
                (namespace, account) -> "token",
                new PodAddresses(Bench.PLAN, "ctx1"),
                Duration.ofMillis(300))
            .start();
  }

  /// Skips the test when the engine is not there.
  public static Path engine(String name) {
    Map<String, String> environment = System.getenv();
    String cache =
        environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    Path file =
        Path.of(environment.getOrDefault("THEATER_ENGINES", cache + "/theater/engines"), name);
    assumeTrue(Files.isExecutable(file), "skipped: " + file + " is not there");
    return file;
  }

  private void kubeconfig(CertificateAuthority authority) throws IOException {
    IssuedCertificate admin = authority.client("admin", "system:masters");
    Files.writeString(
        home.kubeconfig(),
        """
        apiVersion: v1
        kind: Config
        current-context: ctx1
        clusters: [{name: ctx1, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
        users: [{name: u, user: {client-certificate-data: %s, client-key-data: %s}}]
        contexts: [{name: ctx1, context: {cluster: ctx1, user: u}}]
        """
            .formatted(
                server.port(),
                base64(authority.rootPem()),
                base64(admin.chainPem()),
                base64(admin.keyPem())));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static List<X509Certificate> certificates(String pem) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  private static PrivateKey key(String pem) throws Exception {
    byte[] bytes = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
  }

  ObjectNode create(ResourceType type, String yaml) {
    return server.api().create(type, Bench.yaml(yaml));
  }

  ObjectNode find(ResourceType type, String name) {
    return server.api().get(type, "default", name);
  }

  /// A running pod of one container `main`.
  public ObjectNode pod(String name, String script) throws InterruptedException {
    return pod(name, script, "");
  }

  /// @param more of the container, as YAML
  public ObjectNode pod(String name, String script, String more) throws InterruptedException {
    ObjectNode pod =
        Bench.yaml(
            "metadata: {name: "
                + name
                + ", namespace: default, labels: {app: "
                + name
                + "}}\nspec: {nodeName: node-1, terminationGracePeriodSeconds: 1, volumes: [{name: data, emptyDir: {}}]}\n");
    ObjectNode container =
        Bench.yaml(
            "name: main\nimage: sh\nvolumeMounts: [{name: data, mountPath: /data}]\n" + more);
    container.putArray("args").add(script);
    pod.withObjectProperty("spec").putArray("containers").add(container);
    ObjectNode made = server.api().create(ResourceTypes.POD, pod);
    await(
        "pod " + name + " is ready",
        () -> Bench.ready(server.api().get(ResourceTypes.POD, "default", name)));
    return made;
  }

  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not so after " + PATIENCE_SECONDS + " s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /// Whether this program has such a thread.
  public static boolean thread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(each -> each.getName().equals(name));
  }

  /// What a file has so far.
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// The words of a kubectl command for this server.
  public List<String> command(String... words) {
    List<String> command =
        new ArrayList<>(List.of(kubectl.toString(), "--kubeconfig", home.kubeconfig().toString()));
    command.addAll(List.of(words));
    return command;
  }

  /// A kubectl under way.
  public Process start(Path output, String... words) throws IOException {
    return start(output, Map.of(), words);
  }

  public Process start(Path output, Map<String, String> environment, String... words)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(words))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("HOME", home.root().toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /// What one command said, output and errors together.
  public record Answer(int exit, String text) {}

  /// Runs kubectl to its end.
  ///
  /// @param input what it reads; null for nothing
  public Answer kubectl(byte[] input, String... words) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Process process = start(out, words);
    try (var stdin = process.getOutputStream()) {
      if (input != null) {
        stdin.write(input);
      }
    }
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", words) + " hangs: " + Files.readString(out));
    }
    return new Answer(process.exitValue(), Files.readString(out));
  }

  public Answer kubectl(String... words) throws IOException, InterruptedException {
    return kubectl(null, words);
  }

  @Override
  public void close() {
    agent.close();
    server.close();
  }
}
