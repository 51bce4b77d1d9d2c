package theater.kube;

import java.time.Duration;

/// That an [Informer] can not follow its server.
///
/// @param since when that began, by [System#nanoTime]
/// @param reason of the newest failure, as the server or the network put it
public record Loss(long since, String reason) {

  /// Whether it lasts this long already.
  public boolean lasts(Duration atLeast) {
    return System.nanoTime() - since >= atLeast.toNanos();
  }
}
