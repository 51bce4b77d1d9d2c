package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.ResourceTypes;

/// A pod with a real Envoy, whose configuration is static here, before the JDK's file server.
class SidecarTest {
  private static final String STATIC =
      """
      admin: {address: {socket_address: {address: 127.141.1.1, port_value: 15000}}}
      static_resources:
        listeners:
          - name: inbound
            enable_reuse_port: false
            address: {socket_address: {address: 127.141.1.1, port_value: 8080}}
            filter_chains:
              - filters:
                  - name: http
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: inbound
                      route_config: {virtual_hosts: [{name: app, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: app}}]}]}
                      http_filters: [{name: router, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}}]
        clusters:
          - name: app
            type: STATIC
            load_assignment: {cluster_name: app, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.141.1.2, port_value: 8080}}}}]}]}
      """;

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void begin() throws Exception {
    String engines =
        System.getenv()
            .getOrDefault(
                "THEATER_ENGINES", System.getProperty("user.home") + "/.cache/theater/engines");
    Path envoy = Path.of(engines, "envoy-1.40.0/envoy");
    assumeThat(envoy).as("the Envoy engine").isExecutable();
    bench = new Bench(folder);
    Path config = Files.writeString(folder.resolve("static.yaml"), STATIC);
    // What the agent adds to the command line becomes the shell's own arguments, so Envoy reads the
    // static file.
    String command =
        "exec " + envoy + " -c " + config + " --concurrency 1 --disable-hot-restart -l warning";
    Path image =
        Files.createDirectories(folder.resolve("images/proxyv2/1.29.6")).resolve("image.json");
    Files.writeString(image, "{\"command\": [\"/bin/sh\", \"-c\", \"" + command + "\"]}");
    bench.start();
  }

  @AfterEach
  void end() {
    if (bench != null) {
      bench.close();
    }
  }

  @Test
  void aKilledEnvoyComesBackAndADeletedPodEndsItsApplicationFirst() throws Exception {
    Path order = folder.resolve("order");
    Path java = Path.of(System.getProperty("java.home"), "bin/java");
    String script =
        "trap 'kill $P; echo application >> "
            + order
            + "; exit 0' TERM; "
            + java
            + " -Xmx32m -m jdk.httpserver -b $BIND_ADDRESS -p 8080 & P=$!; wait";
    ObjectNode pod =
        bench.pod("web", script, "readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}");
    pod.withObjectProperty("spec")
        .withArray("containers")
        .addObject()
        .put("name", "istio-proxy")
        .put("image", "docker.io/istio/proxyv2:1.29.6");
    bench.api.create(ResourceTypes.POD, pod);
    bench.awaitPod("web", "ready", Bench::ready);
    assertThat(status()).isEqualTo(200);

    ProcessHandle envoy = processes("static.yaml").getFirst();
    envoy.destroyForcibly();
    envoy.onExit().join();
    bench.awaitPod(
        "web", "ready with a new Envoy", each -> restarts(each) == 1 && Bench.ready(each));
    assertThat(status()).isEqualTo(200);

    ProcessHandle next = processes("static.yaml").getFirst();
    Thread.ofVirtual().start(() -> next.onExit().thenRun(() -> append(order)));
    bench.api.delete(ResourceTypes.POD, "default", "web", null, null);
    bench.awaitGone("web");
    assertThat(bench.api.await(() -> lines(order).size() == 2, Bench.PATIENCE)).isTrue();
    assertThat(lines(order)).containsExactly("application", "envoy");
  }

  private static int restarts(JsonNode pod) {
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      if (status.path("name").asText().equals("istio-proxy")) {
        return status.path("restartCount").asInt();
      }
    }
    return -1;
  }

  private static List<ProcessHandle> processes(String part) {
    return ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().commandLine().orElse("").contains(part))
        .toList();
  }

  private static int status() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.141.1.1:8080/")).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static void append(Path order) {
    try {
      Files.writeString(
          order,
          "envoy\n",
          java.nio.file.StandardOpenOption.CREATE,
          java.nio.file.StandardOpenOption.APPEND);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path order) {
    try {
      return Files.exists(order) ? Files.readAllLines(order) : List.of();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
