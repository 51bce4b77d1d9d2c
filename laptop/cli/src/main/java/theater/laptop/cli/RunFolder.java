package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import theater.laptop.plan.HomeFolder;

/// The `run` folder of an instance: who owns it and what runs now.
record RunFolder(HomeFolder home) {

  /// A lock that this process holds until it ends.
  record Held(FileChannel channel, FileLock lock) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      lock.release();
      channel.close();
    }
  }

  void create() {
    try {
      Files.createDirectories(home.root());
      for (Path folder : new Path[] {home.run(), home.pki()}) {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(home.run() + " cannot be made", e);
    }
  }

  /// @param name `up` while an up works, `supervisor` while it lives
  /// @return empty when another process has it
  Optional<Held> lock(String name) {
    Path file = home.run().resolve(name + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        lock = null;
      }
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new Held(channel, lock));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be locked", e);
    }
  }

  Path supervisorFile() {
    return home.run().resolve("supervisor.pid");
  }

  /// The supervisor, if it lives.
  Optional<ProcessId> supervisor() {
    return ProcessId.read(supervisorFile()).filter(ProcessId::alive);
  }

  /// Removes what only a running instance needs.
  void clean() {
    try {
      Files.deleteIfExists(supervisorFile());
      try (DirectoryStream<Path> sockets = Files.newDirectoryStream(home.run(), "*.sock")) {
        for (Path socket : sockets) {
          Files.deleteIfExists(socket);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(home.run() + " cannot be cleaned", e);
    }
  }
}
