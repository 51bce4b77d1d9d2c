package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Context;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// `kubectl cordon`, `drain` and `uncordon` with a PodDisruptionBudget.
@ExtendWith(RunningTheater.class)
class DrainTest {
  private static final String APP = "app=movie-service";
  private final Context ctx1;
  private final String node;

  DrainTest(Theater theater) {
    this.ctx1 = theater.ctx1();
    this.node = ctx1.kubectl("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}");
  }

  @AfterEach
  void uncordon() {
    ctx1.kubectl("uncordon", node);
    ctx1.kubectl("delete", "pdb", "movies", "--ignore-not-found");
    ctx1.kubectl("rollout", "status", "deployment/movie-service", "--timeout=120s");
  }

  @Test
  void aBudgetKeepsOnePodThroughADrain() {
    Shell.Outcome made =
        ctx1.attempt("create", "pdb", "movies", "--selector=" + APP, "--min-available=1");
    assertThat(made.ok().err()).as("it acts: nothing to warn of").isBlank();
    Await.until("one pod may go", Duration.ofSeconds(20), () -> allowed().equals("1"));
    assertThat(ctx1.kubectl("get", "pdb", "movies", "--no-headers")).containsPattern("1 +N/A +1");

    Shell.Outcome drained =
        ctx1.attempt(
            "drain",
            node,
            "--pod-selector=" + APP,
            "--delete-emptydir-data",
            "--ignore-daemonsets",
            "--timeout=20s");
    assertThat(drained.exit()).isEqualTo(1);
    assertThat(drained.out()).contains("evicted");
    assertThat(drained.err())
        .contains("Cannot evict pod as it would violate the pod's disruption budget.");
    assertThat(ctx1.field("pdb/movies", ".status.currentHealthy")).isEqualTo("1");
    assertThat(ctx1.kubectl("get", "node", node)).contains("SchedulingDisabled");

    ctx1.kubectl("uncordon", node);
    Await.until("one pod may go again", Duration.ofSeconds(90), () -> allowed().equals("1"));
  }

  private String allowed() {
    return ctx1.field("pdb/movies", ".status.disruptionsAllowed");
  }
}
