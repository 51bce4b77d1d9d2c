package theater.mesh.xds;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An application that calls `user` through its sidecar without a pause, and counts who answered.
final class Calls implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("calls").unstarted(this::run);
  private volatile boolean ended;

  static String once(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + Cinema.OUTBOUND + ":" + Cinema.PORT + "/"))
            .header("Host", "user:8081")
            .timeout(Duration.ofSeconds(5))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return response.statusCode() == 200
        ? response.body()
        : response.statusCode() + " " + response.body();
  }

  Calls start() {
    thread.start();
    return this;
  }

  private void run() {
    while (!ended) {
      try {
        String answer = once(client);
        answers.merge(answer, 1, Integer::sum);
        if (!answer.startsWith("v")) {
          failures.add(answer);
        }
      } catch (IOException e) {
        failures.add(e.toString());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  List<String> failures() {
    return failures;
  }

  int total() {
    return answers.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public void close() {
    ended = true;
    // Waits for the last call, which ends the thread.
    client.close();
  }
}
