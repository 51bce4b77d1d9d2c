package theater.laptop.node.exec;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The calls of the C library that Java has no words for: terminals and signals to groups. Numbers
/// are those of Linux.
final class Libc {
  static final int O_RDWR = 2;
  static final int O_NOCTTY = 0400;
  static final int O_NONBLOCK = 04000;
  static final int O_CLOEXEC = 02000000;
  static final long TIOCSWINSZ = 0x5414;
  static final short POLLIN = 1;
  static final short POLLOUT = 4;
  static final int SIGTERM = 15;
  static final int SIGKILL = 9;

  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
  private static final Linker LINKER = Linker.nativeLinker();

  static final MethodHandle OPENPT = handle("posix_openpt", FunctionDescriptor.of(INT, INT));
  static final MethodHandle GRANTPT = handle("grantpt", FunctionDescriptor.of(INT, INT));
  static final MethodHandle UNLOCKPT = handle("unlockpt", FunctionDescriptor.of(INT, INT));
  static final MethodHandle PTSNAME =
      handle("ptsname_r", FunctionDescriptor.of(INT, INT, POINTER, LONG));
  static final MethodHandle IOCTL =
      handle(
          "ioctl",
          FunctionDescriptor.of(INT, INT, LONG, POINTER),
          Linker.Option.firstVariadicArg(2));
  static final MethodHandle POLL = handle("poll", FunctionDescriptor.of(INT, POINTER, LONG, INT));
  static final MethodHandle READ = handle("read", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
  static final MethodHandle WRITE =
      handle("write", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
  static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle KILL = handle("kill", FunctionDescriptor.of(INT, INT, INT));

  private Libc() {}

  @SuppressWarnings("restricted")
  private static MethodHandle handle(
      String name, FunctionDescriptor form, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), form, options);
  }

  /// Sends a signal to a process group; one that is gone is no error.
  static void killGroup(long group, int signal) {
    try {
      int ignored = (int) KILL.invokeExact((int) -group, signal);
    } catch (Throwable e) {
      throw new IllegalStateException("kill", e);
    }
  }
}
