package theater.laptop.api.spdy;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The server's end of a SPDY/3.1 session.
public final class SpdySession {
  private static final int VERSION = 0x8003;
  private static final int SYN_STREAM = 1;
  private static final int SYN_REPLY = 2;
  private static final int RST_STREAM = 3;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int HEADERS = 8;
  private static final int FIN = 1;
  private static final int PIECE = 1 << 14;
  private static final int LARGEST_CONTROL = 1 << 16;
  private static final int REFUSED_STREAM = 3;
  private static final int MOST_STREAMS = 2000;

  private final DataInputStream in;
  private final Sink out;
  private final HeaderBlock headers = new HeaderBlock();
  private final ReentrantLock writing = new ReentrantLock();
  private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();

  /// Takes whole frames.
  public interface Sink {
    void write(byte[] bytes, int from, int length) throws IOException;
  }

  public SpdySession(InputStream in, Sink out) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.out = out;
  }

  /// Reads until the client is gone; then every stream breaks.
  ///
  /// @param opened is told of each new stream; must not wait
  /// @throws IOException when the client does not keep to the protocol, or is gone
  public void run(Consumer<SpdyStream> opened) throws IOException {
    try {
      int first = in.read();
      while (first >= 0) {
        int head = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int flags = in.readUnsignedByte();
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        if (head >= 0) {
          data(head, flags, length);
        } else if (head >>> 16 == VERSION && length <= LARGEST_CONTROL) {
          byte[] bytes = in.readNBytes(length);
          if (bytes.length < length || length < 4) {
            throw new IOException("frame of " + length + " bytes is cut short");
          }
          if (control(head & 0xffff, flags, ByteBuffer.wrap(bytes), opened)) {
            return;
          }
        } else {
          throw new IOException(
              "frame " + Integer.toHexString(head) + " of " + length + " bytes; expected SPDY/3.1");
        }
        first = in.read();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams.values().forEach(SpdyStream::abort);
    }
  }

  private void data(int id, int flags, int length) throws IOException, InterruptedException {
    SpdyStream stream = streams.get(id);
    int left = length;
    while (left > 0) {
      byte[] bytes = in.readNBytes(Math.min(left, PIECE));
      if (bytes.length == 0) {
        throw new IOException("the client went away within a frame");
      }
      left -= bytes.length;
      if (stream != null) {
        stream.deliver(bytes);
      }
    }
    if (stream != null && (flags & FIN) != 0) {
      stream.finish();
    }
  }

  /// @return whether the client says that it is done
  private boolean control(int type, int flags, ByteBuffer frame, Consumer<SpdyStream> opened)
      throws IOException, InterruptedException {
    int id = frame.getInt() & 0x7fffffff;
    switch (type) {
      case SYN_STREAM -> open(id, flags, frame, opened);
      case RST_STREAM -> {
        SpdyStream stream = streams.remove(id);
        if (stream != null) {
          stream.abort();
        }
      }
      case PING -> control(PING, 0, ByteBuffer.allocate(4).putInt(frame.getInt(0)).array());
      case HEADERS, SYN_REPLY -> {
        byte[] block = new byte[frame.remaining()];
        frame.get(block);
        headers.read(block);
      }
      default -> {}
    }
    return type == GOAWAY;
  }

  private void open(int id, int flags, ByteBuffer frame, Consumer<SpdyStream> opened)
      throws IOException, InterruptedException {
    if (frame.remaining() < 6) {
      throw new IOException("SYN_STREAM is cut short");
    }
    frame.position(frame.position() + 6);
    byte[] block = new byte[frame.remaining()];
    frame.get(block);
    SpdyStream stream = new SpdyStream(this, id, headers.read(block));
    if (streams.size() >= MOST_STREAMS) {
      control(RST_STREAM, 0, ByteBuffer.allocate(8).putInt(id).putInt(REFUSED_STREAM).array());
      return;
    }
    streams.put(id, stream);
    writing.lock();
    try {
      byte[] reply = headers.write(Map.of());
      control(SYN_REPLY, 0, ByteBuffer.allocate(4 + reply.length).putInt(id).put(reply).array());
    } finally {
      writing.unlock();
    }
    if ((flags & FIN) != 0) {
      stream.finish();
    }
    opened.accept(stream);
  }

  private void control(int type, int flags, byte[] bytes) throws IOException {
    frame(VERSION << 16 | type, flags, bytes, 0, bytes.length);
  }

  void data(int id, byte[] bytes, int from, int length, boolean last) throws IOException {
    frame(id, last ? FIN : 0, bytes, from, length);
  }

  private void frame(int head, int flags, byte[] bytes, int from, int length) throws IOException {
    ByteBuffer frame =
        ByteBuffer.allocate(8 + length)
            .putInt(head)
            .putInt(flags << 24 | length)
            .put(bytes, from, length);
    writing.lock();
    try {
      out.write(frame.array(), 0, frame.capacity());
    } finally {
      writing.unlock();
    }
  }

  /// Forgets streams that are over.
  public void forget(SpdyStream... over) {
    for (SpdyStream stream : over) {
      streams.values().remove(stream);
    }
  }
}
