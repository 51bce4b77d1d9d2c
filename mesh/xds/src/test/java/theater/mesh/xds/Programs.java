package theater.mesh.xds;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc.AuthorizationImplBase;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import theater.mesh.identity.CertificateAuthority;

/// What runs behind the Envoys of [TestMesh].
final class Programs {
  private static final int GRPC_DENIED = 7;
  private static final List<String> SPANS = new CopyOnWriteArrayList<>();
  private static final List<String> COPIES = new CopyOnWriteArrayList<>();
  private static final Map<String, Integer> SEEN = new ConcurrentHashMap<>();
  private static final int HELD_SECONDS = 5;
  private static volatile String keys = "{\"keys\":[]}";

  private Programs() {}

  static void start(CertificateAuthority authority) throws Exception {
    http(TestMesh.USER + ".2", 8081, Programs::user);
    http(TestMesh.NETWORK + "6.1", 9000, Programs::ticket);
    http(TestMesh.NETWORK + "6.1", 9002, exchange -> answer(exchange, 200, keys));
    http(TestMesh.NETWORK + "6.1", 9003, Programs::span);
    NettyServerBuilder.forAddress(new InetSocketAddress(TestMesh.NETWORK + "6.1", 9001))
        .addService(new Tickets())
        .build()
        .start();
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(TestMesh.NETWORK + "9.1", 8443), 0);
    secure.setHttpsConfigurator(
        new HttpsConfigurator(
            TlsCall.context(authority, authority.server(List.of("own.example")))));
    serve(secure, exchange -> answer(exchange, 200, "the program's own TLS"));
  }

  /// What `keys` answers from now on.
  static void keys(String jwks) {
    keys = jwks;
  }

  private static void http(String address, int port, HttpHandler handler) throws IOException {
    serve(HttpServer.create(new InetSocketAddress(address, port), 0), handler);
  }

  private static void serve(HttpServer server, HttpHandler handler) {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", handler);
    server.start();
  }

  /// How often the user's program was asked for a path.
  static int seen(String path) {
    return SEEN.getOrDefault(path, 0);
  }

  /// What reached the tickets' program: Host and path.
  static List<String> copies() {
    return COPIES;
  }

  /// `/failing/N/…` fails the first N times; `/held` answers late.
  private static void user(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int times = SEEN.merge(path, 1, Integer::sum);
    exchange.getResponseHeaders().set("x-program", "user");
    if (path.startsWith("/failing/") && times <= Integer.parseInt(path.split("/")[2])) {
      answer(exchange, 503, "failing");
      return;
    }
    if (path.equals("/held")) {
      LockSupport.parkNanos(Duration.ofSeconds(HELD_SECONDS).toNanos());
    }
    echo(exchange);
  }

  private static void echo(HttpExchange exchange) throws IOException {
    StringBuilder text = new StringBuilder(exchange.getRequestURI().toString()).append('\n');
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            values.forEach(value ->
                text.append(name.toLowerCase(java.util.Locale.ROOT))
                    .append(": ")
                    .append(value)
                    .append('\n')));
    answer(exchange, 200, text.toString());
  }

  /// What Envoys told of calls, newest last.
  static List<String> spans() {
    return SPANS;
  }

  private static void span(HttpExchange exchange) throws IOException {
    SPANS.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    answer(exchange, 202, "");
  }

  /// Lets those through who show a ticket.
  private static void ticket(HttpExchange exchange) throws IOException {
    COPIES.add(
        exchange.getRequestHeaders().getFirst("Host") + " " + exchange.getRequestURI().getPath());
    boolean shown = "yes".equals(exchange.getRequestHeaders().getFirst("x-ticket"));
    exchange.getResponseHeaders().set("x-checked", exchange.getRequestURI().getPath());
    exchange.getResponseHeaders().set("x-secret", "not for callers");
    answer(exchange, shown ? 200 : 402, shown ? "" : "no ticket");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static final class Tickets extends AuthorizationImplBase {
    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> answer) {
      String ticket =
          request.getAttributes().getRequest().getHttp().getHeadersOrDefault("x-ticket", "");
      CheckResponse.Builder result = CheckResponse.newBuilder();
      result.getStatusBuilder().setCode(ticket.equals("yes") ? 0 : GRPC_DENIED);
      answer.onNext(result.build());
      answer.onCompleted();
    }
  }
}
