package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Trains images as their `image.json` says (`train`), with a Redis of its own on 127.0.0.1.
final class ImageTraining implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(30);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final Settings settings;
  private final Path work;
  private final int redisPort = Trained.freePort();
  private final Trained redis;
  private final HttpClient client = HttpClient.newHttpClient();

  ImageTraining(Settings settings, Path work, Path redisServer) {
    this.settings = settings;
    this.work = work;
    this.redis =
        Trained.start(
            List.of(
                redisServer.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(redisPort),
                "--save",
                ""),
            Map.of("PATH", "/usr/bin:/bin"),
            work);
  }

  static boolean described(Path image) {
    return Files.exists(image.resolve("image.json")) && describe(image).has("train");
  }

  Training of(Path image) {
    JsonNode description = describe(image);
    List<String> command = command(image, description);
    String name = image.getParent().getFileName() + ".aot";
    StartCache cache = new StartCache(name, image.resolve("app.aot"), command, image);
    return new Training() {
      @Override
      public List<StartCache> caches() {
        return List.of(cache);
      }

      @Override
      public void run(Path folder) {
        Path output = folder.resolve(cache.name());
        train(Trained.making(command, output), description.path("train"), output);
      }
    };
  }

  private void train(List<String> command, JsonNode how, Path output) {
    Map<String, String> environment = environment();
    List<Trained> peers = new ArrayList<>();
    try {
      for (var peer : how.path("peers").properties()) {
        Path image = settings.images().resolve(peer.getValue().asText()).resolve("latest");
        Map<String, String> its = environment();
        JsonNode description = describe(image);
        peers.add(Trained.start(command(image, description), its, work));
        awaitReady(its, description.path("train"));
        environment.put(peer.getKey(), "http://127.0.0.1:" + its.get("PORT"));
      }
      try (Trained program = Trained.start(command, environment, work)) {
        awaitReady(environment, how);
        for (int round = 0; round < how.path("rounds").asInt(1); round++) {
          how.path("requests").forEach(request -> send(environment, request.asText()));
        }
        program.end(output);
      }
    } finally {
      peers.forEach(Trained::close);
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", work.toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("BIND_ADDRESS", "127.0.0.1");
    environment.put("PORT", Integer.toString(Trained.freePort()));
    environment.put("CLUSTER_NAME", "ctx1");
    environment.put("POD_NAME", "training");
    environment.put("REDIS_HOST", "127.0.0.1");
    environment.put("REDIS_PORT", Integer.toString(redisPort));
    environment.put("SHUTDOWN_DELAY", "0");
    environment.put("THEATER_HOSTS", work.resolve("no-hosts").toString());
    return environment;
  }

  private void awaitReady(Map<String, String> environment, JsonNode how) {
    String ready = "GET " + how.path("ready").asText("/readyz");
    if (!Stopping.await(READY, () -> send(environment, ready) == OK)) {
      throw new TrainingException(ready + " did not answer 200 within " + READY.toSeconds() + " s");
    }
  }

  /// @param request `POST /users/ {…}`
  /// @return the status, 0 without an answer
  private int send(Map<String, String> environment, String request) {
    String[] parts = request.split(" ", 3);
    HttpRequest.BodyPublisher body =
        parts.length == 3
            ? HttpRequest.BodyPublishers.ofString(parts[2])
            : HttpRequest.BodyPublishers.noBody();
    URI uri = URI.create("http://127.0.0.1:" + environment.get("PORT") + parts[1]);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri).timeout(ANSWER).header("Content-Type", "application/json");
    try {
      return client
          .send(builder.method(parts[0], body).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("interrupted");
    }
  }

  private List<String> command(Path image, JsonNode description) {
    List<String> command = new ArrayList<>();
    for (String field : List.of("command", "args")) {
      for (JsonNode word : description.path(field)) {
        command.add(
            word.asText()
                .replace("${java}", settings.java().toString())
                .replace("${image}", image.toString())
                .replace("${names}", settings.build().resolve("platform/names.jar").toString())
                .replace("${engines}", settings.engines().toString()));
      }
    }
    return command;
  }

  private static JsonNode describe(Path image) {
    try {
      return new ObjectMapper().readTree(image.resolve("image.json").toFile());
    } catch (IOException e) {
      throw new TrainingException(e.toString());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    redis.close();
  }
}
