package theater.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// A gateway on a port of its own, and a client of it.
final class TestGateway implements AutoCloseable {
  static final String ADDRESS = "127.162.1.2";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ApiGateway gateway;
  private final int port;
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// @param upstream address of all services
  /// @param more variables
  TestGateway(String upstream, Map<String, String> more) throws IOException {
    port = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("PORT", Integer.toString(port));
    environment.put("BIND_ADDRESS", ADDRESS);
    environment.put("ENVOY_ADMIN", ADDRESS + ":1");
    environment.put("SHUTDOWN_DELAY", "0");
    for (String service : new String[] {"USER", "MOVIE", "BOOKING"}) {
      environment.put(service + "_SERVICE_URL", upstream);
    }
    environment.putAll(more);
    gateway = ApiGateway.start(GatewayConfig.from(environment));
  }

  TestGateway(String upstream) throws IOException {
    this(upstream, Map.of());
  }

  int port() {
    return port;
  }

  URI uri(String path) {
    return URI.create("http://" + ADDRESS + ":" + port + path);
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, null, headers);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  LiveEvents events() throws IOException {
    return new LiveEvents(ADDRESS, port);
  }

  static JsonNode json(String text) throws IOException {
    return MAPPER.readTree(text);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getByName(ADDRESS))) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    http.close();
    gateway.close();
  }
}
