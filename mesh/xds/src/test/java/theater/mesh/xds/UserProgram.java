package theater.mesh.xds;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// The program behind the user's sidecar of one context. It tells which context it is of and who
/// its Envoy says is calling, and can be made sick.
final class UserProgram {
  static final String CONTEXT = "x-context";

  private final String context;
  private volatile int status = 200;

  UserProgram(String context, String address) throws IOException {
    this.context = context;
    HttpServer server = HttpServer.create(new InetSocketAddress(address, 8081), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /// What it answers from now on.
  void status(int code) {
    status = code;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String caller = exchange.getRequestHeaders().getFirst("x-forwarded-client-cert");
    byte[] text = String.valueOf(caller).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set(CONTEXT, context);
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }
}
