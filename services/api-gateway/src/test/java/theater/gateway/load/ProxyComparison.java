package theater.gateway.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Prints a table: the same GET directly, through a plain Envoy with one worker, and through the
/// gateway, at 1, 16 and 64 connections.
///
/// The CPU time is that of the process in question only: the service itself in the first row, the
/// proxy in the others.
public final class ProxyComparison {
  private static final String SERVICE = "127.162.9.1";
  private static final String ENVOY = "127.162.9.2";
  private static final String GATEWAY = "127.162.9.3";
  private static final int PORT = 8081;
  private static final int[] CONNECTIONS = {1, 16, 64};

  private final Duration time;
  private final List<Process> processes = new ArrayList<>();

  private ProxyComparison(Duration time) {
    this.time = time;
  }

  /// @param args Envoy's binary, the gateway's image folder, the seconds of each measurement, flags
  ///   for the gateway's JVM
  public static void main(String[] args) throws Exception {
    ProxyComparison comparison = new ProxyComparison(Duration.ofSeconds(Long.parseLong(args[2])));
    try {
      comparison.run(Path.of(args[0]), Path.of(args[1]), List.of(args).subList(3, args.length));
    } finally {
      comparison.processes.forEach(Process::destroyForcibly);
    }
  }

  private void run(Path envoy, Path image, List<String> flags) throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
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
    Files.writeString(config, PlainEnvoy.config(ENVOY, PORT, SERVICE, PORT));
    Process proxy =
        start(
            ENVOY,
            Map.of(),
            List.of(
                envoy.toString(),
                "-c",
                config.toString(),
                "--concurrency",
                "1",
                "--disable-hot-restart",
                "-l",
                "error"));
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(flags);
    command.addAll(
        List.of("-cp", image.resolve("app.jar").toString(), "theater.gateway.ApiGateway"));
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
            command);
    System.out.println(
        "| path | connections | requests/s | CPU µs per request | PSS MB |\n|---|---|---|---|---|");
    measure("direct", SERVICE, service);
    measure("plain Envoy", ENVOY, proxy);
    measure("gateway", GATEWAY, gateway);
    Files.delete(config);
  }

  private void measure(String name, String address, Process process) throws Exception {
    LoadClient client = new LoadClient(new InetSocketAddress(address, PORT), "/users/");
    client.run(16, time);
    for (int connections : CONNECTIONS) {
      client.run(connections, time.dividedBy(3));
      long before = ProcessCost.cpuMicros(process.pid());
      long started = System.nanoTime();
      long count = client.run(connections, time);
      double seconds = (System.nanoTime() - started) / 1e9;
      long cpu = ProcessCost.cpuMicros(process.pid()) - before;
      System.out.printf(
          "| %s | %d | %.0f | %.1f | %d |%n",
          name,
          connections,
          count / seconds,
          (double) cpu / count,
          ProcessCost.pssKilobytes(process.pid()) / 1024);
    }
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
}
