package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Start caches by what they were made of: every jar, the JDK, the command. A cache of anything
/// else is never used, because a stale one may run old code. Of each program the last few stay.
///
/// @param folder where they are kept between builds
record StartCaches(Path folder, Path java) {
  static final int KEPT = 4;

  /// Puts the caches at their places, made now unless the same were made before. Only one training
  /// runs at a time on this computer.
  void get(Training training, Path work) {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && training.caches().stream().anyMatch(this::missing)) {
          make(training, work);
        }
        for (StartCache cache : training.caches()) {
          place(cache);
        }
      }
    } catch (IOException e) {
      throw new TrainingException(e.toString());
    }
  }

  private void make(Training training, Path work) throws IOException {
    for (StartCache cache : training.caches()) {
      Files.deleteIfExists(cache.place());
    }
    Path made = Files.createTempDirectory(work, "made");
    training.run(made);
    for (StartCache cache : training.caches()) {
      Path part = kept(cache).resolveSibling(cache.name() + "." + ProcessHandle.current().pid());
      Files.copy(made.resolve(cache.name()), part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, kept(cache), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void place(StartCache cache) throws IOException {
    Path copy = cache.place().resolveSibling(cache.place().getFileName() + ".part");
    Files.copy(kept(cache), copy, StandardCopyOption.REPLACE_EXISTING);
    Files.move(copy, cache.place(), StandardCopyOption.ATOMIC_MOVE);
    Files.setLastModifiedTime(kept(cache), FileTime.from(Instant.now()));
    forget(cache);
  }

  /// Caches of the same program that were used longest ago. Builds have copies of their own.
  private void forget(StartCache cache) throws IOException {
    Pattern name = Pattern.compile(Pattern.quote(program(cache)) + "-[0-9a-f]{32}\\.aot");
    NavigableMap<FileTime, Path> used = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (name.matcher(file.getFileName().toString()).matches()) {
          used.put(Files.getLastModifiedTime(file), file);
        }
      }
    }
    while (used.size() > KEPT) {
      Files.delete(used.pollFirstEntry().getValue());
    }
  }

  private static String program(StartCache cache) {
    return cache.name().replaceFirst("\\.aot$", "");
  }

  private boolean missing(StartCache cache) {
    return !Files.exists(kept(cache));
  }

  private Path kept(StartCache cache) {
    return folder.resolve(program(cache) + "-" + key(cache) + ".aot");
  }

  private String key(StartCache cache) {
    Path jars = cache.jars();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
      digest.update(java.toString().getBytes(StandardCharsets.UTF_8));
      digest.update((cache.name() + "\0").getBytes(StandardCharsets.UTF_8));
      digest.update(String.join("\0", cache.command()).getBytes(StandardCharsets.UTF_8));
      try (Stream<Path> files = Files.walk(jars)) {
        for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
          digest.update(jars.relativize(jar).toString().getBytes(StandardCharsets.UTF_8));
          digest.update(Checksum.of(jar).getBytes(StandardCharsets.UTF_8));
        }
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 32);
    } catch (IOException e) {
      throw new UncheckedIOException(jars + " cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
