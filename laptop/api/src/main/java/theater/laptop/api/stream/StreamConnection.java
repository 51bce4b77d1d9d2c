package theater.laptop.api.stream;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A connection that has become a stream. A ping now and then finds clients that are gone.
final class StreamConnection implements ServerConnection {
  private static final long PING_SECONDS = 15;
  private final Wire wire;
  private final Runnable session;
  private final Ping ping;

  /// Asks the client for a sign of life.
  interface Ping {
    void send() throws IOException;
  }

  StreamConnection(Wire wire, Runnable session, Ping ping) {
    this.wire = wire;
    this.session = session;
    this.ping = ping;
  }

  @Override
  public void handle(Limit limit) {
    Thread pings = Thread.ofVirtual().name("pings").start(this::pings);
    try {
      session.run();
    } finally {
      pings.interrupt();
      wire.close();
    }
  }

  private void pings() {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(PING_SECONDS);
        ping.send();
      }
    } catch (InterruptedException e) {
      // The stream is over.
    } catch (IOException e) {
      wire.close();
    }
  }

  /// Streams are idle as long as people are.
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    wire.close();
  }
}
