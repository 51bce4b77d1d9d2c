package theater.kube;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Closes a stream when its reader takes too long, so that a peer that went away without a word
/// holds nobody for ever. The reader then fails with an IOException.
final class TimeLimit implements AutoCloseable {
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile boolean over;

  private TimeLimit() {}

  static TimeLimit of(Duration atMost, Closeable stream) {
    TimeLimit limit = new TimeLimit();
    limit
        .done
        .orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(late -> {
          limit.over = true;
          try {
            stream.close();
          } catch (IOException e) {
            // It is over all the same.
          }
          return null;
        });
    return limit;
  }

  /// Whether the stream was closed by this limit.
  boolean over() {
    return over;
  }

  /// The reader was in time.
  @Override
  public void close() {
    done.complete(null);
  }
}
