package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// What a learner does with a Deployment, and what it uses, by the real kubectl.
@ExtendWith(RunningTheater.class)
class RolloutCommandsTest {
  private static final Duration LONG = Duration.ofSeconds(110);
  private static final String ACCOUNT = "--as=system:serviceaccount:theater-msa:api-gateway";
  private final Theater theater;

  RolloutCommandsTest(Theater theater) {
    this.theater = theater;
  }

  @Test
  void anUnknownImageStopsTheRolloutAndUndoTakesItBack() {
    run("annotate", "deployment/movie-service", "kubernetes.io/change-cause=first", "--overwrite");
    run("set", "image", "deployment/movie-service", "movie-service=theater-msa/movie-service:nix");
    run("annotate", "deployment/movie-service", "kubernetes.io/change-cause=nix", "--overwrite");
    Await.until(
        "the pull fails",
        LONG,
        () ->
            run("get", "pods", "-l", "app=movie-service")
                .matches("(?s).*(ErrImagePull|ImagePullBackOff).*"));
    assertThat(run("get", "events", "--field-selector=reason=Failed"))
        .contains("Failed to pull image \"theater-msa/movie-service:nix\"");
    String failing =
        run(
            "get",
            "pods",
            "-o",
            "jsonpath={.items[?(@.spec.containers[0].image=='theater-msa/movie-service:nix')].metadata.name}");
    Await.until(
        "its log says what it waits for",
        LONG,
        () ->
            theater
                .ctx1()
                .attempt("logs", failing, "-c", "movie-service")
                .err()
                .contains("is waiting to start: trying and failing to pull image"));
    assertThat(run("get", "events", "--field-selector=reason=BackOff"))
        .contains("Back-off pulling image \"theater-msa/movie-service:nix\"");
    assertThat(run("get", "deployment", "movie-service")).contains("2/2");
    assertThat(run("rollout", "history", "deployment/movie-service")).contains("first", "nix");
    run("rollout", "undo", "deployment/movie-service");
    assertThat(run("rollout", "status", "deployment/movie-service", "--timeout=110s"))
        .contains("successfully rolled out");
    assertThat(run("get", "pods", "-l", "app=movie-service")).doesNotContain("Image");
  }

  @Test
  void pauseHoldsChangesUntilResume() {
    run("rollout", "pause", "deployment/booking-service");
    String before = run("get", "pods", "-l", "app=booking-service", "-o", "name");
    String history = run("rollout", "history", "deployment/booking-service");
    run("set", "env", "deployment/booking-service", "WORD=one");
    run("set", "env", "deployment/booking-service", "WORD=two");
    assertThat(run("rollout", "history", "deployment/booking-service")).isEqualTo(history);
    assertThat(run("get", "pods", "-l", "app=booking-service", "-o", "name")).isEqualTo(before);
    run("rollout", "resume", "deployment/booking-service");
    run("rollout", "status", "deployment/booking-service", "--timeout=110s");
    assertThat(run("set", "env", "deployment/booking-service", "--list")).contains("WORD=two");
  }

  @Test
  void topShowsEveryPodAndAnAutoscalerFollowsTheLoad() {
    Await.until(
        "top knows all pods",
        LONG,
        () -> {
          Shell.Outcome top = theater.ctx1().attempt("top", "pods");
          return top.exit() == 0 && top.out().lines().count() >= 8;
        });
    assertThat(run("top", "pods", "--containers")).contains("istio-proxy", "user-service");
    assertThat(run("top", "nodes")).contains("ctx1-node");
    run("autoscale", "deployment", "user-service", "--min=2", "--max=3", "--cpu=1%");
    try (Calls calls = theater.calls();
        SteadyLoad load = new SteadyLoad(calls, 50, "/users/")) {
      Await.until(
          "three pods",
          LONG,
          () -> run("get", "hpa", "user-service").matches("(?s).*cpu: \\d+%/1% +2 +3 +3 .*"));
      assertThat(load.answered()).isPositive();
    }
    assertThat(run("get", "events", "--field-selector=reason=SuccessfulRescale"))
        .contains("New size: 3; reason: cpu resource utilization");
    run("delete", "hpa", "user-service");
    run("scale", "deployment/user-service", "--replicas=2");
    run("rollout", "status", "deployment/user-service", "--timeout=110s");
  }

  @Test
  void theGatewaysAccountMayWhatItsRoleSaysAndIdleKindsAreTold() {
    assertThat(can("list", "virtualservices.networking.istio.io")).contains("yes");
    assertThat(can("delete", "pods")).contains("no");
    assertThat(can("get", "secrets")).contains("no");
    Shell.Outcome job = theater.ctx1().attempt("create", "job", "j", "--image=redis:6.2-alpine");
    assertThat(job.out() + job.err())
        .contains("job.batch/j created", "Warning: Nothing acts on a Job in this cluster");
    run("delete", "job", "j");
  }

  @Test
  void theGatewaysOwnTokenMayWhatItsRoleSays() {
    String token = run("create", "token", "api-gateway").strip();
    String server =
        run("config", "view", "-o", "jsonpath={.clusters[?(@.name=='ctx1')].cluster.server}");
    assertThat(bearer(server, token, "get", "pods").ok().out()).contains("api-gateway-");
    String pod = theater.ctx1().pod("user-service");
    Shell.Outcome refused = bearer(server, token, "delete", "pod", pod);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .contains(
            "Error from server (Forbidden): pods \"" + pod + "\" is forbidden",
            "User \"system:serviceaccount:theater-msa:api-gateway\" cannot delete resource \"pods\"");
    assertThat(bearer(server, "forged", "get", "pods").err()).contains("Unauthorized");
  }

  /// kubectl with nothing but this token.
  private Shell.Outcome bearer(String server, String token, String... words) {
    String[] who = {
      "--kubeconfig=/dev/null",
      "--server=" + server,
      "--insecure-skip-tls-verify",
      "--token=" + token,
      "-n",
      "theater-msa"
    };
    return theater.kubectl(Stream.concat(Stream.of(who), Stream.of(words)).toArray(String[]::new));
  }

  private String can(String verb, String resource) {
    return theater.ctx1().attempt("auth", "can-i", verb, resource, ACCOUNT).out();
  }

  private String run(String... arguments) {
    return theater.ctx1().kubectl(arguments);
  }
}
