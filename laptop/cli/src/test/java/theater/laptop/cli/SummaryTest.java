package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  @TempDir Path folder;

  @Test
  void pathIsFineOnlyWhenItsFirstKubectlIsTheChosenOne() throws IOException {
    Path chosen = program("chosen");
    Path other = program("other");
    Path link = Files.createDirectories(folder.resolve("links")).resolve("kubectl");
    Files.createSymbolicLink(link, chosen);
    String none = folder.resolve("none").toString();
    assertThat(Summary.first(link, none + ":" + chosen.getParent() + ":" + other.getParent()))
        .isTrue();
    assertThat(Summary.first(link, other.getParent() + ":" + chosen.getParent())).isFalse();
    assertThat(Summary.first(link, none)).isFalse();
    assertThat(Summary.first(link, "")).isFalse();
  }

  private Path program(String name) throws IOException {
    Path file = Files.createDirectories(folder.resolve(name)).resolve("kubectl");
    Files.writeString(file, "");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
