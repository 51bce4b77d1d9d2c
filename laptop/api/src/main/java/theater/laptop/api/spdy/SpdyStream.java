package theater.laptop.api.spdy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// One stream that the client has opened.
public final class SpdyStream {
  /// Pieces of at most 16 KiB that wait for their reader; then the whole session waits.
  private static final int WAITING = 16;

  private static final byte[] END = new byte[0];
  private final SpdySession session;
  private final int id;
  private final Map<String, String> headers;
  private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(WAITING);
  private volatile boolean broken;
  private boolean ended;

  SpdyStream(SpdySession session, int id, Map<String, String> headers) {
    this.session = session;
    this.id = id;
    this.headers = Map.copyOf(headers);
  }

  /// Empty when it was not sent. @param name in lower case
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  void deliver(byte[] bytes) throws InterruptedException {
    if (!broken) {
      arrived.put(bytes);
    }
  }

  void finish() throws InterruptedException {
    deliver(END);
  }

  /// Wakes its reader with an error, and lets the session go on.
  void abort() {
    broken = true;
    arrived.clear();
    arrived.offer(END);
  }

  /// What the client sends; one thread reads.
  public InputStream in() {
    return new InputStream() {
      private byte[] piece = END;
      private int at;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        try {
          while (at == piece.length) {
            if (ended) {
              return -1;
            }
            piece = arrived.take();
            at = 0;
            ended = piece.length == 0;
            if (broken) {
              throw new IOException("the stream was reset");
            }
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException(e);
        }
        int part = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, bytes, from, part);
        at += part;
        return part;
      }
    };
  }

  public void write(byte[] bytes, int from, int length) throws IOException {
    if (broken) {
      throw new IOException("the stream was reset");
    }
    session.data(id, bytes, from, length, false);
  }

  /// Nothing more from here.
  public void end() throws IOException {
    if (!broken) {
      session.data(id, END, 0, 0, true);
    }
  }
}
