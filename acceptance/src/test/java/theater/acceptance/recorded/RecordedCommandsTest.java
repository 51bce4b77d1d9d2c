package theater.acceptance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import theater.acceptance.RunningTheater;
import theater.acceptance.course.CourseCommand;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// The commands that were typed at a real cluster, in their order: the same exit codes, and lines
/// that mean the same, but for what is listed as different.
@ExtendWith(RunningTheater.class)
class RecordedCommandsTest {
  private final Theater theater;
  private final Map<String, String> typed =
      CourseCommand.of("/theater/acceptance/recorded/typed.txt").stream()
          .collect(Collectors.toMap(c -> c.written().getFirst(), CourseCommand::run));

  RecordedCommandsTest(Theater theater) {
    this.theater = theater;
  }

  @Test
  void everyCommandDoesWhatItDidThere(@TempDir Path folder) throws IOException {
    Path facts = KubeFacts.folder();
    copy(facts.resolve("theater-example"), folder.resolve("kz"));
    Map<String, String> different = new LinkedHashMap<>();
    try (StandInImage _ = StandInImage.nginx()) {
      for (RecordedCommand command :
          RecordedCommand.all(facts.resolve("commands-on-a-real-cluster.txt"))) {
        Shell.Outcome outcome = theater.script("bash", "-c", "cd " + folder + "\n" + line(command));
        List<String> printed = outcome.out().lines().toList();
        if (outcome.exit() != command.exit()
            || !Meaning.same(command.line(), command.printed(), printed)) {
          different.put(
              command.line(), outcome + "\nrecorded [" + command.exit() + "]\n" + command.says());
        }
      }
    } finally {
      theater.kubectl("--context=ctx1", "delete", "ns", "theater", "n2", "--ignore-not-found");
    }
    List<String> listed = Difference.all().stream().map(Difference::line).toList();
    Map<String, String> unlisted = new LinkedHashMap<>(different);
    unlisted.keySet().removeAll(listed);
    assertThat(unlisted).as("differs, and is not in different.txt").isEmpty();
    assertThat(different).as("is in different.txt").containsOnlyKeys(listed);
  }

  @Test
  void theDocumentShowsWhatDiffers() throws IOException {
    Path file = Theater.repository().resolve("docs/kubernetes-differences.md");
    int recorded =
        RecordedCommand.all(KubeFacts.folder().resolve("commands-on-a-real-cluster.txt")).size();
    String expected = Difference.document(Difference.all(), recorded);
    if (Boolean.getBoolean("write")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file)).as("run again with -Dwrite=true").isEqualTo(expected);
  }

  /// Both outputs in the order in which they came; each word of a record is one word.
  private String line(RecordedCommand command) {
    String line = typed.get(command.line());
    if (line == null) {
      line =
          Stream.of(command.line().split(" "))
              .map(word -> "'" + word + "'")
              .collect(Collectors.joining(" "));
    }
    return "exec 2>&1\n" + line;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
