package theater.laptop.node.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.ReentrantLock;

/// A pseudo-terminal (pty(7)). The program opens [#name] as its terminal; we hold the other end.
/// Reading ends when the last program that holds the terminal has ended. One thread may read and
/// one write; they must be platform threads, because the calls block.
final class Pty implements AutoCloseable {
  private static final int BLOCK = 1 << 14;
  private static final int LOOK_UP_MILLIS = 200;
  private final int master;
  private final String name;
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean closed;

  private Pty(int master, String name) {
    this.master = master;
    this.name = name;
  }

  /// @throws IOException when the system has none to give
  static Pty open() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int flags = Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC;
      int master = (int) Libc.OPENPT.invokeExact(flags);
      MemorySegment text = arena.allocate(128);
      if (master < 0
          || (int) Libc.GRANTPT.invokeExact(master) != 0
          || (int) Libc.UNLOCKPT.invokeExact(master) != 0
          || (int) Libc.PTSNAME.invokeExact(master, text, 128L) != 0) {
        throw new IOException("no pseudo-terminal to be had: is /dev/pts mounted?");
      }
      return new Pty(master, text.getString(0));
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /// `/dev/pts/3`
  String name() {
    return name;
  }

  /// Tells the program, too (SIGWINCH).
  void resize(int columns, int rows) throws IOException {
    writing.lock();
    try (Arena arena = Arena.ofConfined()) {
      if (!closed) {
        MemorySegment size = arena.allocate(8);
        size.set(ValueLayout.JAVA_SHORT, 0, (short) rows);
        size.set(ValueLayout.JAVA_SHORT, 2, (short) columns);
        int done = (int) Libc.IOCTL.invokeExact(master, Libc.TIOCSWINSZ, size);
      }
    } catch (Throwable e) {
      throw failure(e);
    } finally {
      writing.unlock();
    }
  }

  InputStream output() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        reading.lock();
        try {
          return move(Libc.READ, Libc.POLLIN, bytes, from, length);
        } finally {
          reading.unlock();
        }
      }
    };
  }

  OutputStream input() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        writing.lock();
        try {
          int at = from;
          while (at < from + length) {
            int done = move(Libc.WRITE, Libc.POLLOUT, bytes, at, from + length - at);
            if (done < 0) {
              throw new IOException("the terminal is closed");
            }
            at += done;
          }
        } finally {
          writing.unlock();
        }
      }
    };
  }

  /// Reads or writes at least a byte; -1 when nobody is at the other end any more.
  private int move(MethodHandle call, short event, byte[] bytes, int from, int length)
      throws IOException {
    boolean in = event == Libc.POLLIN;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(8, 4);
      MemorySegment block = arena.allocate(BLOCK);
      long wanted = Math.min(BLOCK, length);
      if (!in) {
        MemorySegment.copy(bytes, from, block, ValueLayout.JAVA_BYTE, 0, (int) wanted);
      }
      while (!closed) {
        poll.set(ValueLayout.JAVA_INT, 0, master);
        poll.set(ValueLayout.JAVA_SHORT, 4, event);
        poll.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
        int ready = (int) Libc.POLL.invokeExact(poll, 1L, LOOK_UP_MILLIS);
        short found = poll.get(ValueLayout.JAVA_SHORT, 6);
        if (ready <= 0) {
          continue;
        }
        long done = (long) call.invokeExact(master, block, wanted);
        if (done > 0) {
          if (in) {
            MemorySegment.copy(block, ValueLayout.JAVA_BYTE, 0, bytes, from, (int) done);
          }
          return (int) done;
        }
        if ((found & event) == 0) {
          return -1;
        }
      }
      return -1;
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  private static IOException failure(Throwable e) {
    return e instanceof IOException known ? known : new IOException(e);
  }

  /// The program gets SIGHUP.
  @Override
  public void close() {
    closed = true;
    reading.lock();
    writing.lock();
    try {
      int done = (int) Libc.CLOSE.invokeExact(master);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    } finally {
      writing.unlock();
      reading.unlock();
    }
  }
}
