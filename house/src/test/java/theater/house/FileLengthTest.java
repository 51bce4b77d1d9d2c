package theater.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A file is one noun.
class FileLengthTest {
  private static final int LONGEST = 300;

  @Test
  void noSourceFileIsLongerThan300Lines() {
    Map<Path, Long> long_ = new TreeMap<>();
    for (Path file : Repository.files(".java", ".js", ".css", ".sh")) {
      long lines = Repository.read(file).lines().count();
      if (lines > LONGEST) {
        long_.put(file, lines);
      }
    }
    assertThat(long_).as("split by noun").isEmpty();
  }
}
