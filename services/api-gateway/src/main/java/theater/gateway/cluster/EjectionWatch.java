package theater.gateway.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import theater.gateway.GatewayConfig;

/// Asks the own sidecar every second who is ejected, as long as a page is open.
public final class EjectionWatch {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final long MAX_BYTES = 8 * 1024 * 1024;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final GatewayConfig config;
  private final ClusterWatch clusters;
  private final BooleanSupplier wanted;
  private final Consumer<String> listener;
  private final Ejections ejections;

  /// @param wanted whether anybody looks
  /// @param listener is told the list as JSON
  public EjectionWatch(
      GatewayConfig config,
      ClusterWatch clusters,
      BooleanSupplier wanted,
      Consumer<String> listener) {
    this.config = config;
    this.clusters = clusters;
    this.wanted = wanted;
    this.listener = listener;
    this.ejections =
        new Ejections(
            config.namespace(),
            (service, subset) -> Ejections.context(clusters.routing(), service, subset));
  }

  /// Starts to look, on a thread of its own.
  public void start() {
    Thread.ofVirtual().name("ejection-watch").start(this::run);
  }

  private void run() {
    URI admin = URI.create("http://" + config.envoyAdmin() + "/clusters?format=json");
    HttpClient client = null;
    try {
      while (true) {
        Thread.sleep(EVERY);
        if (wanted.getAsBoolean()) {
          client =
              client == null
                  ? HttpClient.newBuilder()
                      .version(HttpClient.Version.HTTP_1_1)
                      .connectTimeout(EVERY)
                      .build()
                  : client;
          look(client, admin);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Without a sidecar, or while it does not answer, nothing is known to be ejected.
  private void look(HttpClient client, URI admin) throws InterruptedException {
    List<Ejection> found = List.of();
    try {
      HttpRequest request = HttpRequest.newBuilder(admin).timeout(Duration.ofSeconds(2)).build();
      HttpResponse<String> response =
          client.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
      if (response.statusCode() == 200) {
        found =
            ejections.read(
                response.body(),
                clusters.ownPods(),
                config.otherContext(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
      }
    } catch (IOException e) {
      found = List.of();
    }
    try {
      listener.accept(MAPPER.writeValueAsString(found));
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new IllegalStateException(e);
    }
  }
}
