package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Processes;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// Up and down of an instance of its own: what is kept, what is cleaned up, what is said.
class LifecycleTest {

  @Test
  void downKeepsDataAndObjectsAndLeavesNoProcess() {
    try (Theater theater = new Theater(22)) {
      theater.up();
      String location;
      try (Calls calls = theater.calls()) {
        Calls.Answer created =
            calls.send("POST", "/users/", "{\"name\":\"세종\",\"email\":\"sejong@example.com\"}");
        assertThat(created.status()).isEqualTo(201);
        location = created.header("location");
      }
      theater
          .kubectl(
              "--context",
              "ctx1",
              "create",
              "configmap",
              "kept",
              "--from-literal=a=b",
              "-n",
              "theater-msa")
          .ok();
      Processes processes = new Processes(theater.home());
      assertThat(processes.all()).hasSizeGreaterThan(30);
      theater.theater("down").ok();
      assertThat(processes.all()).isEmpty();
      assertThat(theater.theater("status").exit()).isEqualTo(3);

      theater.up();
      theater.kubectl("--context", "ctx1", "get", "configmap", "kept", "-n", "theater-msa").ok();
      try (Calls calls = theater.calls()) {
        assertThat(calls.get(location).body()).contains("세종");
      }

      processes.one("supervise").kill();
      Await.until("no orphan", Duration.ofSeconds(10), () -> processes.all().isEmpty());
      theater.theater("down").ok();
    }
  }

  @Test
  void interruptedUpLeavesNothingThatDownDoesNotEnd() throws IOException, InterruptedException {
    try (Theater theater = new Theater(21)) {
      Path out = theater.home().resolve("up.out");
      Process up =
          theater.shell().start(out, theater.home().resolve("up.err"), false, "./theater", "up");
      Processes processes = new Processes(theater.home());
      Await.until(
          "half way through",
          Duration.ofSeconds(60),
          () -> processes.all().stream().anyMatch(p -> p.commandLine().contains("control-plane")));

      Shell.Outcome second = theater.theater("up");
      assertThat(second.exit()).as("a second up at the same time").isNotZero();
      assertThat(second.out() + second.err()).contains("up");

      new Shell(Theater.repository(), java.util.Map.of())
          .run(Duration.ofSeconds(5), "kill", "-INT", Long.toString(up.pid()))
          .ok();
      assertThat(up.waitFor(60, java.util.concurrent.TimeUnit.SECONDS))
          .as("up ends after Ctrl-C")
          .isTrue();
      theater.theater("down").ok();
      assertThat(processes.all()).isEmpty();
    }
  }

  @Test
  void portInUseIsOneClearSentence() throws IOException {
    try (Theater theater = new Theater(20);
        ServerSocket taken =
            new ServerSocket(theater.port(), 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(taken.isBound()).isTrue();
      Shell.Outcome up = theater.theater("up");
      assertThat(up.exit()).isNotZero();
      assertThat(up.err()).contains(Integer.toString(theater.port()));
      assertThat(new Processes(theater.home()).all()).isEmpty();
    }
  }

  @Test
  void theFolderOfAnotherInstanceIsRefused() throws IOException {
    try (Theater theater = new Theater(22)) {
      Files.writeString(theater.home().resolve("instance"), "7");
      Shell.Outcome up = theater.theater("up");
      assertThat(up.exit()).isNotZero();
      assertThat(up.err()).contains("belongs to THEATER_INSTANCE=7, and it is 22 now");
      assertThat(new Processes(theater.home()).all()).isEmpty();
    }
  }

  @Test
  void theKubeconfigOfThePersonIsLeftAlone() throws IOException {
    Path person = Path.of(System.getProperty("user.home"), ".kube", "config");
    String before = Files.exists(person) ? Files.readString(person) : "absent";
    try (Theater theater = new Theater(22)) {
      theater.theater("status");
      assertThat(Files.exists(person) ? Files.readString(person) : "absent").isEqualTo(before);
    }
  }
}
