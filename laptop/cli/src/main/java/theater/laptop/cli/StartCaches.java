package theater.laptop.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Start caches by what they were made of: every jar, the JDK, the command. A cache of anything
/// else is never used, because a stale one may run old code.
///
/// @param folder where they are kept between builds
record StartCaches(Path folder, Path java) {

  /// Puts the cache at its place, made now unless the same was made before.
  ///
  /// @param inputs folders of jars
  void get(Path place, List<String> command, List<Path> inputs, Consumer<Path> maker) {
    try {
      Files.deleteIfExists(place);
      Path kept = folder.resolve(key(command, inputs) + ".aot");
      if (!Files.exists(kept)) {
        Files.createDirectories(folder);
        Path part = folder.resolve(kept.getFileName() + "." + ProcessHandle.current().pid());
        try {
          maker.accept(part);
          Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(part);
        }
      }
      Path copy = place.resolveSibling(place.getFileName() + ".part");
      Files.copy(kept, copy, StandardCopyOption.REPLACE_EXISTING);
      Files.move(copy, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new TrainingException(e.toString());
    }
  }

  private String key(List<String> command, List<Path> inputs) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
      digest.update(java.toString().getBytes(StandardCharsets.UTF_8));
      digest.update(String.join("\0", command).getBytes(StandardCharsets.UTF_8));
      for (Path input : inputs) {
        try (Stream<Path> files = Files.walk(input)) {
          for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
            digest.update(input.relativize(jar).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Checksum.of(jar).getBytes(StandardCharsets.UTF_8));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
