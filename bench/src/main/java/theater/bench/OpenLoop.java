package theater.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A steady stream of GETs that does not wait for slow answers, and what came of each.
final class OpenLoop implements AutoCloseable {
  /// @param sent System.nanoTime() when it left
  /// @param done System.nanoTime() when the answer was there
  /// @param context who answered; empty when no service did
  record Answer(long sent, long done, int status, String context) {}

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedDeque<KeptConnection> idle = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final InetSocketAddress target;
  private final byte[] request;

  OpenLoop(String url, int perSecond) {
    URI uri = URI.create(url);
    target = new InetSocketAddress(uri.getHost(), uri.getPort());
    request =
        ("GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    clock.scheduleAtFixedRate(
        () -> senders.execute(this::send), 0, 1_000_000_000L / perSecond, TimeUnit.NANOSECONDS);
  }

  private void send() {
    long sent = System.nanoTime();
    KeptConnection connection = idle.poll();
    try {
      if (connection == null) {
        connection = new KeptConnection(target);
      }
      KeptConnection.Answer answer = connection.get(request);
      answers.add(new Answer(sent, System.nanoTime(), answer.status(), answer.context()));
      if (answer.status() != 200) {
        failures.merge("status " + answer.status(), 1, Integer::sum);
      }
      idle.push(connection);
    } catch (IOException e) {
      failures.merge(e.toString(), 1, Integer::sum);
      answers.add(new Answer(sent, System.nanoTime(), 0, ""));
      close(connection);
    }
  }

  /// Newest last; grows while it runs.
  ConcurrentLinkedQueue<Answer> answers() {
    return answers;
  }

  /// Reason and count of what was not a 200.
  Map<String, Integer> failures() {
    return failures;
  }

  private static void close(KeptConnection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a socket cannot be closed", e);
    }
  }

  @Override
  public void close() {
    clock.shutdown();
    senders.close();
    idle.forEach(OpenLoop::close);
  }
}
