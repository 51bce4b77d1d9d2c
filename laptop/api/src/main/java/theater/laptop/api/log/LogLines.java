package theater.laptop.api.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import theater.laptop.streams.LogTimes;

/// A log's bytes on their way out: with a time before each line if asked for, and no more than the
/// limit.
final class LogLines implements AutoCloseable {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z' ").withZone(ZoneOffset.UTC);
  private final Path log;
  private final OutputStream out;
  private final boolean timestamps;
  private long left;
  private boolean lineBegins = true;
  private LogTimes times;

  LogLines(Path log, LogQuery query, OutputStream out) throws IOException {
    this.log = log;
    this.out = out;
    this.timestamps = query.timestamps();
    this.left = query.limit();
    this.times = LogTimes.open(log);
  }

  long left() {
    return left;
  }

  /// @param at where in the log the bytes are
  void write(byte[] bytes, int length, long at) throws IOException {
    if (!timestamps) {
      put(bytes, 0, length);
    } else {
      int from = 0;
      for (int i = 0; i < length; i++) {
        if (lineBegins) {
          byte[] time = FORM.format(time(at + i)).getBytes(StandardCharsets.US_ASCII);
          put(time, 0, time.length);
          lineBegins = false;
        }
        if (bytes[i] == '\n') {
          put(bytes, from, i + 1 - from);
          from = i + 1;
          lineBegins = true;
        }
      }
      put(bytes, from, length - from);
    }
    out.flush();
  }

  private void put(byte[] bytes, int from, int length) throws IOException {
    int part = (int) Math.min(length, left);
    out.write(bytes, from, part);
    left -= part;
  }

  /// Of a line that was not seen by the node agent yet: now.
  private Instant time(long at) throws IOException {
    long millis = times.timeAt(at);
    if (millis < 0) {
      times.close();
      times = LogTimes.open(log);
      millis = times.timeAt(at);
    }
    return millis < 0 ? Instant.now() : Instant.ofEpochMilli(millis);
  }

  @Override
  public void close() throws IOException {
    times.close();
  }
}
