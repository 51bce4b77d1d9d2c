package theater.laptop.api.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a second process out of a store's folder.
final class FolderLock {
  private FolderLock() {}

  /// Makes the folder when absent. Closing the channel gives it free. @throws IOException when
  /// somebody has it
  static FileChannel take(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new IOException(folder + " is in use by another process");
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(folder + " is already open in this process", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
