package theater.acceptance.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import theater.acceptance.RunningTheater;
import theater.visitor.Theater;

/// A learner's kubectl may be older than ours: the course's kinds of commands with the oldest one
/// that is supported and with one between; what has changed from release to release (how tables,
/// streams and discovery are asked for) with all.
@ExtendWith(RunningTheater.class)
class OldKubectlTest {
  private static final Set<String> QUICK =
      Set.of(
          "kubectl version",
          "kubectl apply -k practice/01-initial",
          "kubectl get pods",
          "kubectl get vs,dr",
          "kubectl describe svc",
          "kubectl exec with an exit code",
          "kubectl logs -l --prefix",
          "kubectl port-forward",
          "kubectl explain");
  private final Theater theater;

  OldKubectlTest(Theater theater) {
    this.theater = theater;
  }

  @TestFactory
  Stream<DynamicTest> kubectl130(@TempDir Path scratch) {
    return commands(OldKubectl.V1_30, scratch);
  }

  @TestFactory
  Stream<DynamicTest> kubectl133(@TempDir Path scratch) {
    return commands(OldKubectl.V1_33, scratch);
  }

  @TestFactory
  Stream<DynamicTest> kubectl131(@TempDir Path scratch) {
    return quick(OldKubectl.V1_31, scratch);
  }

  @TestFactory
  Stream<DynamicTest> kubectl132(@TempDir Path scratch) {
    return quick(OldKubectl.V1_32, scratch);
  }

  @TestFactory
  Stream<DynamicTest> kubectl134(@TempDir Path scratch) {
    return quick(OldKubectl.V1_34, scratch);
  }

  private Stream<DynamicTest> quick(OldKubectl kubectl, Path scratch) {
    return commands(kubectl, scratch).filter(test -> QUICK.contains(test.getDisplayName()));
  }

  private Stream<DynamicTest> commands(OldKubectl kubectl, Path scratch) {
    String folder = kubectl.folder().toString();
    Typist typist = new Typist(theater, scratch, folder);
    DynamicTest version =
        DynamicTest.dynamicTest(
            "kubectl version",
            () ->
                assertThat(
                        theater
                            .shell()
                            .run(Duration.ofMinutes(1), folder + "/kubectl", "version", "--client")
                            .ok()
                            .out())
                    .contains("v" + kubectl.release() + "."));
    return Stream.concat(
        Stream.of(version),
        CourseCommand.of("/theater/acceptance/old-kubectl.txt").stream()
            .map(command ->
                DynamicTest.dynamicTest(command.toString(), () -> typist.type(command))));
  }
}
