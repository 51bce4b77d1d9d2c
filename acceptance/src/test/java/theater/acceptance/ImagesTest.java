package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Context;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// A new tag in the image store becomes a rollout; a tag that is not there stops one.
@ExtendWith(RunningTheater.class)
class ImagesTest {
  private final Theater theater;
  private final String tag = "acceptance-" + ProcessHandle.current().pid();

  ImagesTest(Theater theater) {
    this.theater = theater;
  }

  @AfterEach
  void backToLatest() {
    image("latest");
    rolledOut(theater.ctx1());
    theater.script(
        "bash", "-c", "rm -rf target/tagged/*/" + tag + " target/builds/*/images/*/" + tag);
  }

  @Test
  void newTagRollsOutAndAnUnknownOneStopsTheRollout() {
    Context ctx1 = theater.ctx1();
    Shell.Outcome built = theater.script("k8s/build-images.sh", "--tag", tag).ok();
    assertThat(built.out()).contains("user-service:" + tag, "api-gateway:" + tag);

    Set<String> before = pods(ctx1);
    image(tag);
    rolledOut(ctx1);
    Set<String> after = pods(ctx1);
    assertThat(after).hasSize(2).doesNotContainAnyElementsOf(before);
    try (Calls calls = theater.calls()) {
      Await.until(
          "both new pods answer",
          Duration.ofSeconds(30),
          () ->
              calls.many(60, 6, "/users/").stream()
                  .map(Calls.Answer::pod)
                  .collect(Collectors.toSet())
                  .containsAll(after));

      image("nowhere");
      Await.until(
          "the image is not found",
          Duration.ofSeconds(60),
          () ->
              ctx1.kubectl("get", "pods", "-l", "app=user-service")
                  .matches("(?s).*(ErrImagePull|ImagePullBackOff).*"));
      assertThat(ctx1.kubectl("describe", "pods", "-l", "app=user-service"))
          .contains("user-service:nowhere", "tags there:", tag);
      assertThat(calls.many(100, 8, "/users/"))
          .as("the old pods go on")
          .extracting(Calls.Answer::status)
          .containsOnly(200);
    }
  }

  @Test
  void aTagThatCannotBeIsRefused() {
    for (String wrong : new String[] {"latest", "v1", "a/b", "-x", ""}) {
      Shell.Outcome refused = theater.theater("build", "--tag", wrong);
      assertThat(refused.exit()).as(wrong).isIn(1, 2);
      assertThat(refused.err()).as(wrong).isNotBlank();
    }
  }

  private void image(String wanted) {
    theater
        .ctx1()
        .kubectl(
            "set",
            "image",
            "deployment/user-service",
            "user-service=harbor.localhost:"
                + theater.port()
                + "/theater-msa/user-service:"
                + wanted);
  }

  private static void rolledOut(Context context) {
    context.kubectl("rollout", "status", "deployment/user-service", "--timeout=100s");
  }

  /// Those that are not on their way out.
  private static Set<String> pods(Context context) {
    String names =
        context.kubectl(
            "get",
            "pods",
            "-l",
            "app=user-service",
            "-o",
            "go-template={{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}} {{end}}{{end}}");
    return Set.of(names.strip().split(" "));
  }
}
