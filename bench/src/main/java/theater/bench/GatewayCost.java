package theater.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.visitor.Theater;

/// The same GET directly, through a plain Envoy with one worker, and through our gateway, side by
/// side in one run. The CPU time is that of the process in question only: the service itself in the
/// first rows, the proxy in the others.
final class GatewayCost implements AutoCloseable {
  private static final String SERVICE = "127.241.9.1";
  private static final String ENVOY = "127.241.9.2";
  private static final String GATEWAY = "127.241.9.3";
  private static final int PORT = 8081;
  private static final int[] CONNECTIONS = {1, 16, 64};
  private static final Duration TIME = Duration.ofSeconds(6);

  private final String java = ProcessHandle.current().info().command().orElseThrow();
  private final List<Process> processes = new ArrayList<>();
  private final Report report;

  private GatewayCost(Report report) {
    this.report = report;
  }

  static void measure(Report report) throws Exception {
    try (GatewayCost cost = new GatewayCost(report)) {
      cost.run();
    }
  }

  private void run() throws Exception {
    report.heading("The gateway beside a plain Envoy and no proxy");
    Process service =
        start(
            SERVICE,
            Map.of(),
            List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                EchoService.class.getName(),
                SERVICE,
                "" + PORT));
    Path config = Files.createTempFile("plain-envoy", ".json");
    config.toFile().deleteOnExit();
    Files.writeString(config, PlainEnvoy.config(ENVOY, PORT, SERVICE, PORT));
    Process envoy =
        start(
            ENVOY,
            Map.of(),
            List.of(
                engine(),
                "-c",
                config.toString(),
                "--concurrency",
                "1",
                "--disable-hot-restart",
                "-l",
                "error"));
    String url = "http://" + SERVICE + ":" + PORT;
    Process gateway =
        start(
            GATEWAY,
            Map.of(
                "BIND_ADDRESS",
                GATEWAY,
                "PORT",
                "" + PORT,
                "USER_SERVICE_URL",
                url,
                "MOVIE_SERVICE_URL",
                url,
                "BOOKING_SERVICE_URL",
                url),
            gatewayCommand());
    report.table("path", "connections", "requests/s", "CPU µs per request", "PSS MB");
    measure("direct", SERVICE, service);
    measure("plain Envoy", ENVOY, envoy);
    measure("gateway", GATEWAY, gateway);
    Files.delete(config);
  }

  private void measure(String name, String address, Process process) throws Exception {
    LoadClient client = new LoadClient(new InetSocketAddress(address, PORT), "/users/");
    // Long enough for the compiler to be done with what is hot.
    client.run(16, TIME.multipliedBy(3));
    client.run(1, TIME);
    for (int connections : CONNECTIONS) {
      client.run(connections, TIME.dividedBy(3));
      long before = ProcessCost.cpuMicros(process.pid());
      long started = System.nanoTime();
      long count = client.run(connections, TIME);
      double seconds = (System.nanoTime() - started) / 1e9;
      double cpu = ProcessCost.cpuMicros(process.pid()) - before;
      report.row(
          name,
          connections,
          count / seconds,
          cpu / count,
          ProcessCost.pssKilobytes(process.pid()) / 1000.0);
    }
  }

  /// The image's own command, with its flags.
  private List<String> gatewayCommand() throws IOException {
    Path image = Theater.repository().resolve("target/images/api-gateway/latest").toRealPath();
    String names = image.resolve("../../../platform/names.jar").normalize().toString();
    List<String> command = new ArrayList<>();
    for (JsonNode word :
        new ObjectMapper().readTree(image.resolve("image.json").toFile()).path("command")) {
      command.add(
          word.asText()
              .replace("${java}", java)
              .replace("${image}", image.toString())
              .replace("${names}", names));
    }
    return command;
  }

  static String engine() {
    String engines = System.getenv("THEATER_ENGINES");
    Path folder =
        engines == null
            ? Path.of(System.getProperty("user.home"), ".cache", "theater", "engines")
            : Path.of(engines);
    return folder.resolve("envoy-1.40.0/envoy").toString();
  }

  private Process start(String address, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    long started = System.nanoTime();
    while (!isOpen(address)) {
      if (!process.isAlive() || System.nanoTime() - started > 30_000_000_000L) {
        throw new IOException("does not listen on " + address + ":" + PORT + ": " + command);
      }
      process.waitFor(Duration.ofMillis(10));
    }
    return process;
  }

  private static boolean isOpen(String address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, PORT), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
