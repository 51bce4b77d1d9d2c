package theater.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  OpenLoop(String url, int perSecond) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
    clock.scheduleAtFixedRate(
        () -> send(request), 0, 1_000_000_000L / perSecond, TimeUnit.NANOSECONDS);
  }

  private void send(HttpRequest request) {
    long sent = System.nanoTime();
    client
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .whenComplete((response, error) -> {
          if (error != null) {
            failures.merge(error.toString(), 1, Integer::sum);
            answers.add(new Answer(sent, System.nanoTime(), 0, ""));
            return;
          }
          if (response.statusCode() != 200) {
            failures.merge("status " + response.statusCode(), 1, Integer::sum);
          }
          String context = response.headers().firstValue("x-service-cluster").orElse("");
          answers.add(new Answer(sent, System.nanoTime(), response.statusCode(), context));
        });
  }

  /// Newest last; grows while it runs.
  ConcurrentLinkedQueue<Answer> answers() {
    return answers;
  }

  /// Reason and count of what was not a 200.
  Map<String, Integer> failures() {
    return failures;
  }

  @Override
  public void close() {
    clock.shutdown();
    client.close();
  }
}
