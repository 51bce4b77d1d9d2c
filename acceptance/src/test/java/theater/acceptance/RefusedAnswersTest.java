package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.acceptance.recorded.KubeFacts;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// Manifests with mistakes, applied with the real kubectl: a running theater answers word for word
/// what a real cluster with Istio's webhook answered.
@ExtendWith(RunningTheater.class)
class RefusedAnswersTest {
  private final Theater theater;

  RefusedAnswersTest(Theater theater) {
    this.theater = theater;
  }

  @Test
  void everyMistakeIsAnsweredAsRecorded() throws IOException {
    Path refused = KubeFacts.folder().resolve("refused");
    List<Path> manifests;
    try (Stream<Path> files = Files.list(refused)) {
      manifests = files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
    assertThat(manifests).hasSizeGreaterThan(10);
    Path kubectl = theater.home().resolve("engines/kubectl-1.35/kubectl");
    Shell shell = new Shell(refused, theater.shell().environment());
    Map<String, String> different = new TreeMap<>();
    for (Path manifest : manifests) {
      String name = manifest.getFileName().toString();
      String expected = Files.readString(refused.resolve(name.replace(".yaml", ".answer.txt")));
      boolean accepted = expected.contains("(server dry run)");
      Shell.Outcome outcome =
          shell.run(
              Duration.ofMinutes(1),
              kubectl.toString(),
              "--context=ctx1",
              "apply",
              accepted ? "--dry-run=server" : "--dry-run=none",
              "-f",
              name);
      assertThat(outcome.exit()).as("%s", outcome).isEqualTo(accepted ? 0 : 1);
      if (!(outcome.out() + outcome.err()).strip().equals(expected.strip())) {
        different.put(name, outcome + "\nexpected\n" + expected);
      }
    }
    assertThat(different).isEmpty();
  }
}
