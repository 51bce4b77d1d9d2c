package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
    assertThat(theater.up().out()).contains(theater.address());
    assertThat(theater.ctx1().kubectl("get", "pods", "-o", "name")).isEqualTo(before);
  }

  @Test
  void statusTellsWhatRuns() {
    assertThat(theater.theater("status").ok().out())
        .contains("ctx1", "ctx2", "api-gateway", "redis");
  }

  @Test
  void nothingListensOrSpeaksOutside127() throws IOException {
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      List<String> outside = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of(table)).stream().skip(1).toList()) {
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
              Files.readString(
                          process.resolve("environ"), java.nio.charset.StandardCharsets.ISO_8859_1)
                      .contains(theater.home().toString())
                  || Files.readString(
                          process.resolve("cmdline"), java.nio.charset.StandardCharsets.ISO_8859_1)
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
