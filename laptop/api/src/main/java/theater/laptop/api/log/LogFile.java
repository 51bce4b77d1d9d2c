package theater.laptop.api.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import theater.laptop.streams.LogTimes;

/// Reads one run of a container from its log. A following reader is at the end when the container
/// is, not when its next run begins.
public final class LogFile {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int BLOCK = 1 << 16;
  private final Path file;
  private final LogQuery query;

  public LogFile(Path file, LogQuery query) {
    this.file = file;
    this.query = query;
  }

  /// Writes what was asked for; flushes each piece.
  ///
  /// @param over whether the container has ended
  public void copy(OutputStream out, BooleanSupplier over) throws IOException {
    while (!Files.exists(file)) {
      if (!query.follow() || over.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(PAUSE);
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
        LogLines lines = new LogLines(file, query, out)) {
      Object key = key();
      long at = start(in);
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      while (lines.left() > 0) {
        boolean last = !query.follow() || over.getAsBoolean() || !key.equals(key());
        int read = in.read(block.clear(), at);
        if (read > 0) {
          lines.write(block.array(), read, at);
          at += read;
        } else if (last) {
          return;
        } else {
          LockSupport.parkNanos(PAUSE);
        }
      }
    }
  }

  /// Another run of the container has another file of the same name.
  private Object key() {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? "" : key;
    } catch (IOException e) {
      return "gone";
    }
  }

  private long start(FileChannel in) throws IOException {
    long since = query.since() == null ? 0 : since(in, query.since());
    return query.tail() == null ? since : Math.max(since, tail(in, query.tail()));
  }

  private long since(FileChannel in, Instant since) throws IOException {
    try (LogTimes times = LogTimes.open(file)) {
      long at = times.sizeBefore(since.toEpochMilli());
      return at == 0 ? 0 : lineAfter(in, at - 1);
    }
  }

  /// Where the line after the one at this place begins.
  private static long lineAfter(FileChannel in, long from) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long at = from;
    for (int read = in.read(block.clear(), at); read > 0; read = in.read(block.clear(), at)) {
      for (int i = 0; i < read; i++) {
        if (block.get(i) == '\n') {
          return at + i + 1;
        }
      }
      at += read;
    }
    return at;
  }

  /// Where the last lines begin.
  private static long tail(FileChannel in, int lines) throws IOException {
    long size = in.size();
    if (lines <= 0) {
      return size;
    }
    int found = 0;
    long at = size;
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (at > 0) {
      int length = (int) Math.min(BLOCK, at);
      in.read(block.clear().limit(length), at - length);
      for (int i = length - 1; i >= 0; i--) {
        long place = at - length + i;
        if (block.get(i) == '\n' && place != size - 1 && ++found >= lines) {
          return place + 1;
        }
      }
      at -= length;
    }
    return 0;
  }
}
