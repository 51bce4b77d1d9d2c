package theater.laptop.streams;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// When a log had grown to which size, as the node agent saw it: a file beside the log of pairs of
/// milliseconds since 1970 and bytes. Programs write to their logs themselves, so a line's time is
/// that of the look after it.
public final class LogTimes implements AutoCloseable {
  private static final int ENTRY = 16;
  private final FileChannel file;
  private final long count;

  private LogTimes(FileChannel file, long count) {
    this.file = file;
    this.count = count;
  }

  /// The file beside a log.
  public static Path of(Path log) {
    return log.resolveSibling(log.getFileName() + ".times");
  }

  /// Notes a size.
  public static void append(Path log, long millis, long size) throws IOException {
    try (FileChannel file =
        FileChannel.open(of(log), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      file.write(ByteBuffer.allocate(ENTRY).putLong(millis).putLong(size).flip());
    }
  }

  /// Those that are known now; none when there is no file.
  public static LogTimes open(Path log) throws IOException {
    if (!Files.exists(of(log))) {
      return new LogTimes(null, 0);
    }
    FileChannel file = FileChannel.open(of(log), StandardOpenOption.READ);
    return new LogTimes(file, file.size() / ENTRY);
  }

  /// When the byte at an offset was there; -1 when that was not seen yet.
  public long timeAt(long offset) throws IOException {
    long entry = first(1, offset + 1);
    return entry == count ? -1 : value(entry, 0);
  }

  /// How long the log was at the last look before a time.
  public long sizeBefore(long millis) throws IOException {
    long entry = first(0, millis);
    return entry == 0 ? 0 : value(entry - 1, 1);
  }

  /// The first entry whose value is at least that.
  private long first(int part, long least) throws IOException {
    long low = 0;
    long high = count;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (value(middle, part) < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long value(long entry, int part) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8);
    file.read(bytes, entry * ENTRY + 8L * part);
    return bytes.getLong(0);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
