package theater.laptop.streams;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/// Frames over a Unix socket: channel (1 byte), length (4 bytes), bytes. Writes block while the
/// other side does not read: that bounds what waits in memory. One thread may read while others
/// write.
public final class FrameConnection implements AutoCloseable {
  /// Longer writes are split.
  public static final int LARGEST = 1 << 16;

  private final SocketChannel socket;
  private final DataInputStream in;
  private final java.io.OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();

  public FrameConnection(SocketChannel socket) {
    this.socket = socket;
    this.in = new DataInputStream(Channels.newInputStream(socket));
    this.out = Channels.newOutputStream(socket);
  }

  /// @throws IOException when nobody listens there
  public static FrameConnection connect(Path path) throws IOException {
    return new FrameConnection(SocketChannel.open(UnixDomainSocketAddress.of(path)));
  }

  /// The next one; null at the end.
  ///
  /// @throws IOException also when the other side does not keep to the form
  public Frame read() throws IOException {
    int channel = in.read();
    if (channel < 0) {
      return null;
    }
    int length = in.readInt();
    if (length < 0 || length > LARGEST) {
      throw new IOException("frame of " + length + " bytes; expected at most " + LARGEST);
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("frame of " + length + " bytes ends after " + bytes.length);
    }
    return new Frame(channel, bytes);
  }

  public void write(int channel, byte[] bytes) throws IOException {
    write(channel, bytes, 0, bytes.length);
  }

  public void write(int channel, byte[] bytes, int from, int length) throws IOException {
    int at = from;
    int left = length;
    do {
      int part = Math.min(left, LARGEST);
      byte[] frame = new byte[5 + part];
      frame[0] = (byte) channel;
      frame[1] = (byte) (part >>> 24);
      frame[2] = (byte) (part >>> 16);
      frame[3] = (byte) (part >>> 8);
      frame[4] = (byte) part;
      System.arraycopy(bytes, at, frame, 5, part);
      writing.lock();
      try {
        out.write(frame);
      } finally {
        writing.unlock();
      }
      at += part;
      left -= part;
    } while (left > 0);
  }

  /// No more frames from here; the other side may still write.
  public void finish() throws IOException {
    socket.shutdownOutput();
  }

  /// Wakes readers and writers with an error.
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }
}
