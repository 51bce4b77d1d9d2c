package theater.visitor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/// Requests through the front door, as curl would send them.
public final class Calls implements AutoCloseable {
  private final String address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// @param address `http://localhost:8970`
  public Calls(String address) {
    this.address = address;
  }

  /// An answer and how long it took.
  public record Answer(int status, Map<String, List<String>> headers, String body, Duration took) {
    /// `ctx1`, `ctx2`, or empty when no service answered.
    public String context() {
      return header("x-service-cluster");
    }

    public String pod() {
      return header("x-pod-name");
    }

    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body != null) {
      request.header("content-type", "application/json");
    }
    long start = System.nanoTime();
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().map(),
          response.body(),
          Duration.ofNanos(System.nanoTime() - start));
    } catch (IOException e) {
      return new Answer(0, Map.of(), e.toString(), Duration.ofNanos(System.nanoTime() - start));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Many GETs, so many at a time.
  public List<Answer> many(int count, int parallel, String path, String... headers) {
    try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
      List<Callable<Answer>> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        tasks.add(() -> get(path, headers));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : threads.invokeAll(tasks)) {
        answers.add(answer.resultNow());
      }
      return answers;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// How many of so many GETs fit.
  public int count(int tries, String path, Predicate<Answer> hit, String... headers) {
    return (int) many(tries, 8, path, headers).stream().filter(hit).count();
  }

  @Override
  public void close() {
    client.close();
  }
}
