package theater.laptop.api.stream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/// The server's end of a WebSocket (RFC 6455), without extensions. One thread reads, any may write.
final class WebSocket {
  static final int NORMAL = 1000;
  private static final int PROTOCOL_ERROR = 1002;
  private static final int TOO_BIG = 1009;

  /// kubectl sends at most 32 KiB at once.
  private static final int LARGEST = 1 << 20;

  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final DataInputStream in;
  private final OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private boolean closed;

  WebSocket(InputStream in, OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.out = out;
  }

  /// The next whole message; null when the client has closed.
  ///
  /// @throws IOException when it is gone, or does not keep to the protocol
  byte[] read() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    boolean begun = false;
    while (true) {
      int first = in.read();
      if (first < 0) {
        return null;
      }
      int code = first & 0x0f;
      boolean last = (first & 0x80) != 0;
      byte[] bytes = payload(message.size());
      if ((first & 0x70) != 0 || code < CLOSE && begun != (code == CONTINUATION)) {
        throw refuse(PROTOCOL_ERROR, "unexpected frame " + Integer.toHexString(first));
      }
      switch (code) {
        case PING -> frame(PONG, bytes, 0, bytes.length, -1);
        case PONG -> {}
        case CLOSE -> {
          close(NORMAL, "");
          return null;
        }
        default -> {
          message.write(bytes);
          begun = true;
          if (last) {
            return message.toByteArray();
          }
        }
      }
    }
  }

  private byte[] payload(int before) throws IOException {
    int second = in.readUnsignedByte();
    long length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    if ((second & 0x80) == 0) {
      throw refuse(PROTOCOL_ERROR, "frame is not masked");
    }
    if (length < 0 || length + before > LARGEST) {
      throw refuse(TOO_BIG, "message of " + length + " bytes; expected at most " + LARGEST);
    }
    byte[] mask = in.readNBytes(4);
    byte[] bytes = in.readNBytes((int) length);
    if (mask.length < 4 || bytes.length < length) {
      throw new EOFException("the client went away within a frame");
    }
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= mask[i & 3];
    }
    return bytes;
  }

  private IOException refuse(int code, String why) throws IOException {
    close(code, why);
    return new IOException(why);
  }

  /// One binary message.
  void send(byte[] bytes, int from, int length) throws IOException {
    frame(BINARY, bytes, from, length, -1);
  }

  /// One binary message: the channel's number, then the bytes.
  void send(int channel, byte[] bytes) throws IOException {
    frame(BINARY, bytes, 0, bytes.length, channel);
  }

  void ping() throws IOException {
    frame(PING, new byte[0], 0, 0, -1);
  }

  /// The last message; later ones are dropped.
  void close(int code, String reason) throws IOException {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        ByteBuffer.allocate(2 + Math.min(text.length, 120))
            .putShort((short) code)
            .put(text, 0, Math.min(text.length, 120))
            .array();
    frame(CLOSE, bytes, 0, bytes.length, -1);
  }

  private void frame(int code, byte[] bytes, int from, int length, int channel) throws IOException {
    int whole = length + (channel < 0 ? 0 : 1);
    ByteBuffer frame = ByteBuffer.allocate(11 + whole).put((byte) (0x80 | code));
    if (whole < 126) {
      frame.put((byte) whole);
    } else if (whole < 1 << 16) {
      frame.put((byte) 126).putShort((short) whole);
    } else {
      frame.put((byte) 127).putLong(whole);
    }
    if (channel >= 0) {
      frame.put((byte) channel);
    }
    frame.put(bytes, from, length);
    writing.lock();
    try {
      if (!closed) {
        closed = code == CLOSE;
        out.write(Arrays.copyOf(frame.array(), frame.position()));
      }
    } finally {
      writing.unlock();
    }
  }

  /// Its messages as one stream of bytes, for a protocol tunnelled through them.
  InputStream bytes() {
    return new InputStream() {
      private byte[] message = new byte[0];
      private int at;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        while (at == message.length) {
          message = WebSocket.this.read();
          at = 0;
          if (message == null) {
            message = new byte[0];
            return -1;
          }
        }
        int part = Math.min(length, message.length - at);
        System.arraycopy(message, at, bytes, from, part);
        at += part;
        return part;
      }
    };
  }
}
