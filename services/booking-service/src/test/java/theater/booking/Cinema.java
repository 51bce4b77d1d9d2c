package theater.booking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import theater.kit.EventLog;
import theater.kit.ServiceConfig;
import theater.kit.ServiceProgram;
import theater.movie.MovieService;
import theater.user.UserService;

/// The three services in this JVM, on a Redis of their own.
final class Cinema implements AutoCloseable {
  private static final int PATIENCE = 10;
  final RedisEngine redis;
  final ServiceProgram users;
  final ServiceProgram movies;
  final ServiceProgram bookings;
  final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Cinema() throws IOException {
    redis = new RedisEngine();
    users = start("user-service", "127.152.9.11", new UserService(), Map.of());
    movies = start("movie-service", "127.152.9.12", new MovieService(), Map.of());
    bookings =
        booking(url(users, "127.152.9.11"), url(movies, "127.152.9.12"), "127.152.9.13", PATIENCE);
  }

  /// @param seconds how long it waits for the peers
  ServiceProgram booking(String userUrl, String movieUrl, String address, int seconds) {
    return start(
        "booking-service",
        address,
        new BookingService(),
        Map.of(
            "USER_SERVICE_URL",
            userUrl,
            "MOVIE_SERVICE_URL",
            movieUrl,
            "CALL_TIMEOUT",
            "" + seconds));
  }

  ServiceProgram start(
      String service, String address, ServiceProgram.Content content, Map<String, String> more) {
    var environment =
        new java.util.HashMap<>(
            Map.of(
                "BIND_ADDRESS",
                address,
                "CLUSTER_NAME",
                "ctx1",
                "POD_NAME",
                service + "-1",
                "REDIS_HOST",
                RedisEngine.HOST,
                "REDIS_PORT",
                "" + redis.port,
                "SHUTDOWN_DELAY",
                "300"));
    environment.putAll(more);
    var program =
        ServiceProgram.start(
            ServiceConfig.from(service, 0, environment),
            content,
            new EventLog(new PrintStream(log, true)));
    Await.until(
        service + " is ready", () -> get(url(program, address) + "/readyz").statusCode() == 200);
    return program;
  }

  static String url(ServiceProgram program, String address) {
    return "http://" + address + ":" + program.port();
  }

  String users(String path) {
    return url(users, "127.152.9.11") + path;
  }

  String movies(String path) {
    return url(movies, "127.152.9.12") + path;
  }

  String bookings(String path) {
    return url(bookings, "127.152.9.13") + path;
  }

  HttpResponse<String> get(String url) {
    return send("GET", url, null);
  }

  HttpResponse<String> send(String method, String url, String json, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(15));
    if (json == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .method(method, HttpRequest.BodyPublishers.ofString(json))
          .header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(method + " " + url, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    users.close();
    movies.close();
    bookings.close();
    redis.close();
  }
}
