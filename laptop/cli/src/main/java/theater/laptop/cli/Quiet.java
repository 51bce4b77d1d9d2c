package theater.laptop.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Libraries whose news are none: Helidon tells its features at each start, Netty warns that a Unix
/// socket has no keep-alive.
final class Quiet {
  /// Kept here, because java.util.logging forgets what nobody holds.
  private static final List<Logger> LOGGERS =
      List.of(
          Logger.getLogger("io.helidon"),
          Logger.getLogger("io.grpc.netty.shaded.io.netty.bootstrap"));

  private Quiet() {}

  static void libraries() {
    LOGGERS.getFirst().setLevel(Level.WARNING);
    LOGGERS.getLast().setLevel(Level.SEVERE);
  }
}
