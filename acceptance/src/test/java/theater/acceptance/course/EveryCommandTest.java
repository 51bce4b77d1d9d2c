package theater.acceptance.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import theater.visitor.Theater;

/// Every command of the course's documents is in the table, and does what the table says.
class EveryCommandTest {
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
    Typist typist = new Typist(theater, scratch, "");
    // Here, not as a test of its own: whoever runs one command again needs a theater, too.
    theater.up();
    return CourseCommand.all().stream()
        .filter(command -> command.why().isEmpty())
        .map(command -> DynamicTest.dynamicTest(command.toString(), () -> typist.type(command)))
        .onClose(theater::close);
  }
}
