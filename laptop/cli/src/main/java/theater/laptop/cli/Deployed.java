package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import theater.laptop.plan.HomeFolder;

/// Remembers which files were applied last, so that a second `up` applies nothing that is
/// unchanged.
///
/// @param file keeps the hash
/// @param hash of the files as they are now
record Deployed(Path file, String hash) {

  static Path file(HomeFolder home, String what) {
    return home.root().resolve("applied-" + what);
  }

  static Deployed of(HomeFolder home, String what, List<Path> folders) {
    return new Deployed(file(home, what), hash(folders));
  }

  boolean current() {
    try {
      return Files.exists(file) && Files.readString(file).strip().equals(hash);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  void remember() {
    try {
      Files.writeString(file, hash + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  private static String hash(List<Path> folders) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path folder : folders) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("manifests cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
