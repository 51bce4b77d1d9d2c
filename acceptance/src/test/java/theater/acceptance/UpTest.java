package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import theater.visitor.Calls;
import theater.visitor.Context;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// A running theater is what the README promises.
@ExtendWith(RunningTheater.class)
class UpTest {
  private final Theater theater;

  UpTest(Theater theater) {
    this.theater = theater;
  }

  @Test
  void everyPodOfBothContextsIsReadyWithItsSidecar() {
    for (String context : List.of("ctx1", "ctx2")) {
      String pods =
          theater
              .kubectl(
                  "--context",
                  context,
                  "get",
                  "pods",
                  "-n",
                  "theater-msa",
                  "--no-headers",
                  "-o",
                  "custom-columns=APP:.metadata.labels.app,C:.spec.containers[*].name,R:.status.containerStatuses[*].ready")
              .ok()
              .out();
      List<String> apps = new ArrayList<>();
      for (String line : pods.lines().toList()) {
        String[] columns = line.split("\\s+");
        apps.add(columns[0]);
        assertThat(columns[1]).isEqualTo(columns[0] + ",istio-proxy");
        assertThat(columns[2]).isEqualTo("true,true");
      }
      List<String> expected =
          new ArrayList<>(
              List.of(
                  "user-service",
                  "user-service",
                  "movie-service",
                  "movie-service",
                  "booking-service",
                  "booking-service"));
      expected.add(context.equals("ctx1") ? "api-gateway" : "redis");
      assertThat(apps).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void secondUpIsQuickAndChangesNothing() {
    String before = theater.ctx1().kubectl("get", "pods", "-o", "name");
    assertThat(theater.up().out())
        .contains(theater.address())
        .contains(
            "  export KUBECONFIG="
                + theater.home().resolve("kubeconfig")
                + " DOMAIN=localhost:"
                + theater.port()
                + "\n")
        .contains("Instructor's key (for faults): " + instructorKey() + "\n")
        .containsPattern("Memory: [1-9][0-9]+ MiB \\(PSS\\) in [1-9][0-9] processes\n");
    assertThat(theater.ctx1().kubectl("get", "pods", "-o", "name")).isEqualTo(before);
  }

  private String instructorKey() {
    String encoded = theater.ctx1().field("secret/theater-instructor", ".data.key");
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  @Test
  void weightsAndPodsAreToldThroughTheFrontDoor() throws IOException {
    try (Calls calls = theater.calls()) {
      JsonNode user = json(calls.get("/traffic-weights")).path("user-service");
      assertThat(user.path("rule").asText()).isEqualTo("user-service-vs");
      assertThat(user.path("ctx1").asInt()).isEqualTo(70);
      assertThat(user.path("ctx2").asInt()).isEqualTo(30);
      JsonNode contexts = json(calls.get("/deployment-status")).path("contexts");
      for (Context context : List.of(theater.ctx1(), theater.ctx2())) {
        List<String> pods = new ArrayList<>();
        contexts.path(context.name()).path("pods").forEach(p -> pods.add(p.path("name").asText()));
        assertThat(pods)
            .containsExactlyInAnyOrder(
                context
                    .kubectl("get", "pods", "-o", "jsonpath={.items[*].metadata.name}")
                    .split(" "));
      }
    }
  }

  private static JsonNode json(Calls.Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void fourPodsSellEachSeatOnce() throws IOException {
    try (Calls calls = theater.calls();
        Bookings bookings = new Bookings(calls)) {
      List<Calls.Answer> answers = bookings.rush(130);
      List<String> seats = new ArrayList<>();
      for (Calls.Answer answer : answers) {
        assertThat(answer.status()).as(answer.body()).isIn(201, 409);
        if (answer.status() == 201) {
          new ObjectMapper()
              .readTree(answer.body())
              .path("seatNames")
              .forEach(seat -> seats.add(seat.asText()));
        }
      }
      assertThat(seats).hasSize(100).doesNotHaveDuplicates();
      assertThat(answers).filteredOn(a -> a.status() == 409).hasSize(30);
      assertThat(answers.stream().map(Calls.Answer::pod).distinct())
          .as("pods that sold")
          .hasSize(4);
    }
  }

  /// What `mesh config` prints for YAML of a person's own, without any of the recorded cases.
  @Test
  void meshConfigPrintsWhatAProxyWouldGet(@TempDir Path folder) throws IOException {
    Path world =
        Files.writeString(
            folder.resolve("world.yaml"),
            """
            trustDomain: cluster.local
            clusters:
            - {name: ctx1, network: network1}
            namespaces:
            - {name: theater-msa, labels: {istio-injection: enabled}}
            services:
            - {name: user-service, namespace: theater-msa, clusterIP: 10.96.0.11, selector: {app: user-service}, ports: [{name: http, number: 8081}]}
            workloads:
            - {name: user-1, namespace: theater-msa, cluster: ctx1, ip: 10.1.0.11, serviceAccount: user-sa, labels: {app: user-service}}
            proxies:
            - {name: user, workload: user-1}
            """);
    Path rule =
        Files.writeString(
            folder.resolve("rule.yaml"),
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: slow, namespace: theater-msa}
            spec:
              hosts: [user-service]
              http:
              - fault: {delay: {fixedDelay: 7s, percentage: {value: 100}}}
                route: [{destination: {host: user-service}}]
            """);
    String[] command = {
      "mesh", "config", "--world", world.toString(), "--config", rule.toString(), "--proxy"
    };
    JsonNode dump = new ObjectMapper().readTree(theater.theater(with(command, "user")).ok().out());
    assertThat(dump.path("configs").findValuesAsText("fixed_delay")).containsOnly("7s");
    Shell.Outcome nobody = theater.theater(with(command, "nobody"));
    assertThat(nobody.exit()).isEqualTo(2);
    assertThat(nobody.err()).contains("no proxy is called \"nobody\"");
  }

  private static String[] with(String[] words, String last) {
    return Stream.concat(Stream.of(words), Stream.of(last)).toArray(String[]::new);
  }

  @Test
  void statusTellsWhatRuns() {
    assertThat(theater.theater("status").ok().out())
        .contains("ctx1", "ctx2", "api-gateway", "redis");
  }

  @Test
  void nothingListensOrSpeaksOutside127() throws IOException {
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      List<String> outside = new ArrayList<>();
      for (String line :
          Files.readAllLines(Path.of("/proc/net", table)).stream().skip(1).toList()) {
        String[] columns = line.strip().split("\\s+");
        boolean loopback =
            loopback(columns[1]) && (loopback(columns[2]) || columns[2].matches("0+:0000"));
        if (!loopback && ours(columns[9])) {
          outside.add(line.strip());
        }
      }
      assertThat(outside).as(table).isEmpty();
    }
  }

  private static boolean loopback(String address) {
    return address.matches("[0-9A-F]{6}7F:.*")
        || address.startsWith("0000000000000000FFFF0000") && address.substring(30).startsWith("7F");
  }

  /// Whether the socket belongs to a process of this instance: one whose command line or
  /// environment names its folder.
  private boolean ours(String inode) throws IOException {
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try {
          boolean instance =
              Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
                      .contains(theater.home().toString())
                  || Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                      .contains(theater.home().toString());
          if (instance && holds(process, inode)) {
            return true;
          }
        } catch (IOException e) {
          // The process ended, or is not ours to look at.
          continue;
        }
      }
    }
    return false;
  }

  private static boolean holds(Path process, String inode) throws IOException {
    try (var files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file)
            && Files.readSymbolicLink(file).toString().equals("socket:[" + inode + "]")) {
          return true;
        }
      }
    }
    return false;
  }
}
