package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Context;
import theater.visitor.Processes;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// An instance of its own: `k8s/cleanup.sh` removes the course, `k8s/deploy-all.sh` brings it back,
/// `./theater down --purge` removes the rest.
class CleanupTest {

  @Test
  void cleanedUpDeployedAgainAndPurged() {
    try (Theater theater = new Theater(Integer.getInteger("theater.instance.own", 20))) {
      theater.up();
      Processes processes = new Processes(theater.home());
      try (Calls calls = theater.calls()) {
        assertThat(
                calls
                    .send("POST", "/users/", "{\"name\":\"세종\",\"email\":\"s@example.com\"}")
                    .status())
            .isEqualTo(201);
        refusesNonsense(theater);

        theater.script("kubectl", "config", "use-context", "ctx2").ok();
        theater.script("k8s/cleanup.sh").ok();
        assertThat(namespace(theater.ctx2())).contains("NotFound");
        assertThat(namespace(theater.ctx1())).contains("Active");
        Await.until(
            "no Redis any more",
            Duration.ofSeconds(30),
            () ->
                processes.all().stream().noneMatch(p -> p.commandLine().contains("redis-server")));

        deploysOneContextAtATime(theater);
        theater.script("k8s/cleanup.sh", "--all").ok();
        assertThat(namespace(theater.ctx1())).contains("NotFound");
        assertThat(theater.kubectl("--context", "ctx1", "get", "vs", "-A").ok().err())
            .contains("No resources found");
        assertThat(
                theater
                    .kubectl("--context", "ctx1", "get", "deploy,gateway", "-n", "istio-system")
                    .ok()
                    .out())
            .as("what an administrator installed stays")
            .contains("istio-ingressgateway", "istio-eastwestgateway", "cp-gateway");
        Await.until(
            "the gateway has no route",
            Duration.ofSeconds(20),
            () -> calls.get("/users/").status() == 404);
        theater.script("k8s/cleanup.sh", "--all").ok();

        theater.script("k8s/deploy-all.sh", "--remote-access").ok();
        Await.until("the page", Duration.ofSeconds(60), () -> calls.get("/users/").status() == 200);
        assertThat(calls.get("/users/").body())
            .as("Redis' data went with the namespace; the seeds are new")
            .contains("홍길동")
            .doesNotContain("세종");
      }
      purge(theater, processes);
    }
  }

  private static void refusesNonsense(Theater theater) {
    assertThat(theater.script("k8s/cleanup.sh", "--help").ok().out())
        .contains("Usage: k8s/cleanup.sh", "--all");
    assertThat(theater.script("k8s/cleanup.sh", "--all", "--everything").exit()).isEqualTo(2);
    assertThat(namespace(theater.ctx1())).contains("Active");
  }

  private static void deploysOneContextAtATime(Theater theater) {
    String waited = "successfully rolled out";
    assertThat(theater.script("k8s/deploy-ctx2.sh", "--no-wait").ok().out())
        .contains("deployment.apps/redis created")
        .doesNotContain(waited, "api-gateway");
    String[] weight = {"vs/user-service-vs", ".spec.http[1].route[0].weight"};
    theater
        .ctx1()
        .kubectl(
            "patch",
            "vs",
            "user-service-vs",
            "--type=json",
            "-p=[{\"op\":\"replace\",\"path\":\"/spec/http/1/route/0/weight\",\"value\":64}]");
    assertThat(theater.script("k8s/deploy-ctx1.sh", "--keep-rules").ok().out())
        .contains("deployment \"api-gateway\" " + waited)
        .doesNotContain("deployment.apps/redis");
    assertThat(theater.ctx1().field(weight[0], weight[1])).as("kept").isEqualTo("64");
    theater.script("k8s/deploy-ctx1.sh", "--no-wait").ok();
    assertThat(theater.ctx1().field(weight[0], weight[1])).as("deployed anew").isEqualTo("70");
    assertThat(theater.script("k8s/deploy-ctx2.sh").ok().out())
        .contains("deployment \"redis\" " + waited);
  }

  private static void purge(Theater theater, Processes processes) {
    Shell.Outcome kept = theater.scriptWithInput("no\n", "./theater", "down", "--purge");
    assertThat(kept.exit()).isEqualTo(1);
    assertThat(kept.out()).contains("Nothing was deleted in " + theater.home());
    assertThat(processes.all()).isEmpty();
    assertThat(theater.home().resolve("ctx1")).isDirectory();

    Shell.Outcome purged = theater.scriptWithInput("yes\n", "./theater", "down", "--purge").ok();
    assertThat(purged.out()).contains("Deleted the data in " + theater.home());
    assertThat(Files.exists(theater.home())).as("the folder, which held nothing else").isFalse();
    theater.theater("down", "--purge", "--yes").ok();
  }

  private static String namespace(Context context) {
    Shell.Outcome outcome = context.attempt("get", "namespace", "theater-msa");
    return outcome.out() + outcome.err();
  }
}
