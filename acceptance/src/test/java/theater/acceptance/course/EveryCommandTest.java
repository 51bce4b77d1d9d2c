package theater.acceptance.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// Every command of the course's documents is in the table, and does what the table says.
class EveryCommandTest {
  private static final String PRELUDE =
      """
      cd k8s
      export ROOT=$(cd .. && pwd)
      node() { kubectl --context "$1" get nodes -o jsonpath='{.items[0].metadata.name}'; }
      pod() { kubectl get pods -n theater-msa -l app="$1" -o jsonpath='{.items[0].metadata.name}'; }
      """;
  private static final Path DOCUMENT = Path.of("docs", "course-commands.md");
  private static final int INSTANCE = 22;

  @Test
  void theTableHasEveryCommandOfTheDocuments() {
    Optional<SeedDocuments> documents = SeedDocuments.beside(Theater.repository());
    assumeTrue(documents.isPresent(), "the course's documents are not beside this repository");
    TreeSet<String> table = new TreeSet<>();
    CourseCommand.all().forEach(command -> table.addAll(command.written()));
    assertThat(table).containsExactlyElementsOf(documents.get().commands());
  }

  @Test
  void theDocumentShowsTheTable() throws IOException {
    Path file = Theater.repository().resolve(DOCUMENT);
    String expected = CommandsDocument.of(CourseCommand.all());
    if (Boolean.getBoolean("write")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file)).as("run again with -Dwrite=true").isEqualTo(expected);
  }

  @TestFactory
  Stream<DynamicTest> commands(@TempDir Path scratch) {
    Theater theater = new Theater(INSTANCE);
    // Here, not as a test of its own: whoever runs one command again needs a theater, too.
    theater.up();
    return CourseCommand.all().stream()
        .filter(command -> command.why().isEmpty())
        .map(command ->
            DynamicTest.dynamicTest(command.toString(), () -> type(theater, command, scratch)))
        .onClose(theater::close);
  }

  private static void type(Theater theater, CourseCommand command, Path scratch) {
    try {
      Shell.Outcome outcome = theater.script("bash", "-c", script(scratch, command.run()));
      assertThat(outcome.exit()).as("%s", outcome).isEqualTo(command.exit());
      for (String pattern : command.says()) {
        assertThat(outcome.out() + outcome.err())
            .containsPattern(Pattern.compile(pattern, Pattern.MULTILINE));
      }
    } finally {
      if (!command.after().isEmpty()) {
        theater.script("bash", "-c", script(scratch, command.after())).ok();
      }
    }
  }

  private static String script(Path scratch, String line) {
    return "export TMP='" + scratch + "'\n" + PRELUDE + line;
  }
}
