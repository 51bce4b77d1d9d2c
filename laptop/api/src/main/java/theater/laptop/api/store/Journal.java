package theater.laptop.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import theater.laptop.api.json.Json;

/// A file of records `length, CRC-32, JSON`, appended and forced to disk. A record that was being
/// written when the process died is cut off when the file is opened; what is cut is kept beside it
/// in `….cut`.
final class Journal implements AutoCloseable {
  private static final int HEADER = 8;
  private static final int LARGEST = 64 << 20;
  private final Path file;
  private final FileChannel channel;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Opens the file, made when absent, and tells every whole record in order.
  static Journal open(Path file, Consumer<JsonNode> records) throws IOException {
    if (Files.exists(file)) {
      byte[] bytes = Files.readAllBytes(file);
      int end = replay(bytes, records);
      if (end < bytes.length) {
        Files.write(
            file.resolveSibling(file.getFileName() + ".cut"),
            java.util.Arrays.copyOfRange(bytes, end, bytes.length));
      }
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      channel.truncate(end);
      channel.force(true);
      channel.position(end);
      return new Journal(file, channel);
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    forceFolder(file.getParent());
    return new Journal(file, channel);
  }

  /// Appends the records and returns when they are on disk.
  void append(List<byte[]> records) throws IOException {
    ByteBuffer buffer = frame(records);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(false);
  }

  long size() throws IOException {
    return channel.size();
  }

  /// Empties the file: all of it is in a snapshot.
  void clear() throws IOException {
    channel.truncate(0);
    channel.position(0);
    channel.force(true);
  }

  /// Writes a whole file of records and puts it in place of the old one.
  static void replace(Path file, List<byte[]> records) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = frame(records);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder(file.getParent());
  }

  /// @return the position after the last whole record
  static int replay(byte[] bytes, Consumer<JsonNode> records) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int end = 0;
    while (buffer.remaining() >= HEADER) {
      int length = buffer.getInt();
      int checksum = buffer.getInt();
      if (length <= 0
          || length > LARGEST
          || length > buffer.remaining()
          || checksum != checksum(bytes, buffer.position(), length)) {
        break;
      }
      byte[] record = new byte[length];
      buffer.get(record);
      records.accept(Json.read(record));
      end = buffer.position();
    }
    return end;
  }

  private static ByteBuffer frame(List<byte[]> records) {
    ByteBuffer buffer =
        ByteBuffer.allocate(records.stream().mapToInt(record -> HEADER + record.length).sum());
    for (byte[] record : records) {
      buffer.putInt(record.length).putInt(checksum(record, 0, record.length)).put(record);
    }
    return buffer.flip();
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return file.toString();
  }

  /// What a writer is told once a write has failed.
  UncheckedIOException unwritable(IOException failure) {
    return new UncheckedIOException(
        "the journal "
            + this
            + " could not be written; nothing is accepted until the API server starts again",
        failure);
  }
}
