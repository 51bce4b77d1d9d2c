package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Theater;

/// The kubectl commands of the course, typed at a running theater.
@ExtendWith(RunningTheater.class)
class CourseCommandsTest {
  private final Theater theater;

  CourseCommandsTest(Theater theater) {
    this.theater = theater;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get pods -n theater-msa -o wide --show-labels | cluster=ctx1
          get svc -n theater-msa | redis
          get dr -n theater-msa | user-service-dr
          get vs -n theater-msa | movie-service-vs
          get vs -n theater-msa -o yaml | weight: 70
          get pods -n theater-msa -o jsonpath={range .items[*]}{.metadata.name}{"\\t"}{.spec.containers[*].name}{"\\n"}{end} | istio-proxy
          get vs -n istio-system theater-msa | cp-gateway
          get gateway cp-gateway -n istio-system -o yaml | istio: ingressgateway
          get svc istio-eastwestgateway -n istio-system | 15443
          get destinationrules -n theater-msa | booking-service
          describe destinationrule user-service-dr -n theater-msa | ctx2
          describe virtualservice user-service-vs -n theater-msa | Canary:
          get vs -n theater-msa -o custom-columns=NAME:.metadata.name,WEIGHTS:.spec.http[-1].route[*].weight | 70,30
          get nodes --show-labels | cluster-name=ctx1
          get all,vs,dr -n theater-msa | deployment.apps/user-service
          logs -n theater-msa -l app=user-service -c user-service --tail=50 | "path":"/users/"
          get pods -n theater-msa -l app=user-service | 2/2
          get events -n theater-msa --sort-by=.metadata.creationTimestamp | Started
          get namespace theater-msa | Active
          cluster-info | is running at
          config get-contexts | ctx2
          rollout status deployment/user-service -n theater-msa | successfully rolled out
          """)
  void commandAnswers(String command, String expected) {
    String[] words = command.strip().split(" (?![^{]*})");
    String[] all = new String[words.length + 2];
    all[0] = "--context";
    all[1] = "ctx1";
    System.arraycopy(words, 0, all, 2, words.length);
    String out = theater.kubectl(all).ok().out();
    assertThat(out).contains(expected.strip());
  }

  @Test
  void patchOfWeightsMovesTheNextRequests() {
    String patch =
        """
        {"spec":{"http":[{"match":[{"headers":{"x-canary":{"exact":"true"}}}],"route":[{"destination":{"host":"user-service","subset":"ctx2"},"weight":100}]},
        {"route":[{"destination":{"host":"user-service","subset":"ctx1"},"weight":10},{"destination":{"host":"user-service","subset":"ctx2"},"weight":90}]}]}}\
        """;
    theater.practice("01-initial");
    theater
        .kubectl(
            "--context",
            "ctx1",
            "patch",
            "virtualservice",
            "user-service-vs",
            "-n",
            "theater-msa",
            "--type=merge",
            "-p",
            patch)
        .ok();
    try (Calls calls = theater.calls()) {
      Await.until(
          "the new weights",
          Duration.ofSeconds(5),
          () -> calls.count(40, "/users/", a -> a.context().equals("ctx2")) > 25);
      Share.assertWithin99(
          "users on ctx2",
          0.9,
          600,
          n -> calls.count(n, "/users/", a -> a.context().equals("ctx2")));
    } finally {
      theater.practice("01-initial");
    }
  }

  @Test
  void scaledPodsTakePartAndLeaveWithoutAFailedRequest() {
    try (Calls calls = theater.calls()) {
      theater
          .kubectl(
              "--context",
              "ctx1",
              "scale",
              "deployment",
              "movie-service",
              "--replicas=3",
              "-n",
              "theater-msa")
          .ok();
      theater
          .kubectl(
              "--context",
              "ctx1",
              "rollout",
              "status",
              "deployment/movie-service",
              "-n",
              "theater-msa",
              "--timeout=60s")
          .ok();
      Await.until(
          "three pods of ctx1 answer",
          Duration.ofSeconds(30),
          () ->
              calls.many(60, 6, "/movies/", "x-canary", "true").stream()
                      .map(Calls.Answer::pod)
                      .distinct()
                      .count()
                  == 3);
      theater
          .kubectl(
              "--context",
              "ctx1",
              "scale",
              "deployment",
              "movie-service",
              "--replicas=2",
              "-n",
              "theater-msa")
          .ok();
      assertThat(calls.many(800, 8, "/movies/", "x-canary", "true"))
          .extracting(Calls.Answer::status)
          .containsOnly(200);
    } finally {
      theater.kubectl(
          "--context",
          "ctx1",
          "scale",
          "deployment",
          "movie-service",
          "--replicas=2",
          "-n",
          "theater-msa");
    }
  }

  @Test
  void podThatFitsNoNodeStaysPendingAndSaysWhy() {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: lost, namespace: theater-msa}
        spec:
          nodeSelector: {cluster-name: ctx9}
          containers: [{name: main, image: redis:6.2-alpine}]
        """;
    theater.kubectlWithInput(pod, "--context", "ctx1", "apply", "-f", "-").ok();
    try {
      Await.until(
          "an event",
          Duration.ofSeconds(20),
          () ->
              theater
                  .kubectl("--context", "ctx1", "describe", "pod", "lost", "-n", "theater-msa")
                  .out()
                  .contains("didn't match Pod's node affinity/selector"));
      assertThat(
              theater
                  .kubectl("--context", "ctx1", "get", "pod", "lost", "-n", "theater-msa")
                  .ok()
                  .out())
          .contains("Pending");
    } finally {
      theater.kubectl("--context", "ctx1", "delete", "pod", "lost", "-n", "theater-msa").ok();
    }
  }

  @Test
  void namespaceIsDeletedWithAllThatIsInIt() {
    theater.kubectl("--context", "ctx2", "create", "namespace", "short-lived").ok();
    theater
        .kubectl(
            "--context",
            "ctx2",
            "create",
            "configmap",
            "c",
            "--from-literal=a=b",
            "-n",
            "short-lived")
        .ok();
    theater
        .kubectl(
            "--context",
            "ctx2",
            "create",
            "deployment",
            "d",
            "--image=redis:6.2-alpine",
            "-n",
            "short-lived")
        .ok();
    theater
        .kubectl(
            "--context",
            "ctx2",
            "rollout",
            "status",
            "deployment/d",
            "-n",
            "short-lived",
            "--timeout=60s")
        .ok();
    theater
        .kubectl("--context", "ctx2", "delete", "namespace", "short-lived", "--timeout=60s")
        .ok();
    assertThat(theater.kubectl("--context", "ctx2", "get", "all", "-n", "short-lived").err())
        .contains("No resources found");
  }
}
