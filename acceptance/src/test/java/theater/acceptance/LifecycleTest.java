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
  void downAndAKilledSupervisorKeepWhatWasAcknowledgedAndLeaveNoProcess() throws IOException {
    try (Theater theater = new Theater(22)) {
      firstUpOfAPerson(theater);
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
      theater
          .ctx1()
          .kubectl(
              "patch",
              "vs",
              "user-service-vs",
              "--type=json",
              "-p=[{\"op\":\"replace\",\"path\":\"/spec/http/1/route/0/weight\",\"value\":64}]");
      Processes processes = new Processes(theater.home());
      assertThat(processes.all()).hasSizeGreaterThan(30);
      theater.theater("down").ok();
      assertThat(processes.all()).isEmpty();
      assertThat(theater.theater("status").exit()).isEqualTo(3);

      theater.up();
      theater.ctx1().kubectl("get", "configmap", "kept");
      assertThat(weight(theater)).as("a learner's rule is not deployed over").isEqualTo("64");
      String last;
      try (Calls calls = theater.calls()) {
        assertThat(calls.get(location).body()).contains("세종");
        theater.ctx2().kubectl("create", "configmap", "last", "--from-literal=a=b");
        last =
            calls
                .send("POST", "/users/", "{\"name\":\"장영실\",\"email\":\"jang@example.com\"}")
                .header("location");
      }
      processes.one("supervise").kill();
      Await.until("no orphan", Duration.ofSeconds(10), () -> processes.all().isEmpty());

      theater.up();
      theater.ctx2().kubectl("get", "configmap", "last");
      try (Calls calls = theater.calls()) {
        assertThat(calls.get(last).body()).contains("장영실");
      }
      theater.theater("down").ok();
      assertThat(processes.all()).isEmpty();
    }
  }

  /// As after a clone: nothing is exported, and there is a kubeconfig of another cluster.
  private static void firstUpOfAPerson(Theater theater) throws IOException {
    Path person = Files.createDirectories(theater.home().resolve("person/.kube"));
    String mine = "apiVersion: v1\nkind: Config\n# mine\n";
    Path config = Files.writeString(person.resolve("config"), mine);
    Shell.Outcome up =
        theater
            .shell()
            .run(
                Duration.ofMinutes(4),
                "env",
                "-u",
                "KUBECONFIG",
                "-u",
                "DOMAIN",
                "HOME=" + person.getParent(),
                "./theater",
                "up")
            .ok();
    assertThat(config).hasContent(mine);
    assertThat(up.err())
        .as("progress")
        .containsSubsequence(
            "Looking for Envoy, kubectl and Redis",
            "Starting the supervisor",
            "Waiting for the API servers of ctx1 and ctx2",
            "Deploying with k8s/deploy-all.sh",
            " pods ready; waiting for ");
    assertThat(up.out())
        .contains("Ready after ")
        .contains("DOMAIN=localhost:" + theater.port())
        .containsPattern("Memory: [1-9][0-9]+ MiB");
  }

  private static String weight(Theater theater) {
    return theater.ctx1().field("vs/user-service-vs", ".spec.http[1].route[0].weight");
  }

  @Test
  void interruptedUpLeavesNothingThatDownDoesNotEnd() throws IOException, InterruptedException {
    try (Theater theater = new Theater(21)) {
      Path out = theater.home().resolve("up.out");
      // A test run in the background ignores SIGINT, and its children would, too.
      String[] command = {"env", "--default-signal=INT", "./theater", "up"};
      Process up = theater.shell().start(out, theater.home().resolve("up.err"), false, command);
      Processes processes = new Processes(theater.home());
      Await.until(
          "half way through",
          Duration.ofSeconds(60),
          () -> processes.all().stream().anyMatch(p -> p.commandLine().contains("control-plane")));

      Shell.Outcome second = theater.theater("up");
      assertThat(second.exit()).as("a second up at the same time").isEqualTo(1);
      assertThat(second.out()).isEmpty();
      assertThat(second.err())
          .isEqualTo(
              "Another \"up\" is working on "
                  + theater.home()
                  + " right now: wait for it, or stop it with Ctrl-C.\n");

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
      assertThat(up.exit()).isEqualTo(1);
      assertThat(up.err().lines().filter(line -> !line.startsWith("[")))
          .as("one sentence beside the progress")
          .singleElement()
          .asString()
          .matches(
              "127\\.0\\.0\\.1:%d is taken \\(the page\\): process %d \\(.*\\) has it\\. End that program, or choose other ports with THEATER_INSTANCE=1 to 11\\."
                  .formatted(theater.port(), ProcessHandle.current().pid()));
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
}
