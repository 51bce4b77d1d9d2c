package theater.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// An HTTP server in place of the gateway's own sidecar, one answer for all.
final class StubUpstream implements AutoCloseable {
  private final HttpServer server;

  /// What it answers.
  interface Answers {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  StubUpstream(String address, Answers answers) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answers.answer(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  /// `http://127.162.1.2:PORT`
  String url() {
    return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  /// Answers as a service does.
  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().set("X-Service-Name", "user-service");
    exchange.getResponseHeaders().set("X-Service-Cluster", "ctx1");
    exchange.getResponseHeaders().set("X-Pod-Name", "user-service-1");
    plain(exchange, status, body);
  }

  /// Answers without saying who.
  static void plain(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
