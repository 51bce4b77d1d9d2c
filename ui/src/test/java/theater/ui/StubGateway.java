package theater.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Serves the page's folder, a script of events and JSON lists, and remembers what was asked. It
/// stands in for the gateway only at the seam that `docs/contracts.md` describes.
final class StubGateway implements AutoCloseable {

  /// A request as it came in.
  record Request(String path, String query, boolean canary) {}

  /// What a path answers; a delay holds it back.
  record Reply(int status, Map<String, String> headers, String body, long delayMillis) {

    static Reply json(Object body) {
      return new Reply(
          200,
          Map.of(
              "content-type", "application/json",
              "x-service-cluster", "ctx2",
              "x-pod-name", "stub-1",
              "x-total-count", body instanceof List<?> rows ? String.valueOf(rows.size()) : "1"),
          write(body),
          0);
    }

    static Reply text(int status, String body) {
      return new Reply(status, Map.of("content-type", "text/plain"), body, 0);
    }

    Reply after(long millis) {
      return new Reply(status, headers, body, millis);
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final List<HttpExchange> streams = new CopyOnWriteArrayList<>();
  private volatile Object snapshot;
  private volatile int eventsStatus = 200;
  private InetSocketAddress address;
  private HttpServer server;
  private ExecutorService threads;

  StubGateway(Object snapshot) {
    this.snapshot = snapshot;
    this.address = new InetSocketAddress("127.172.0.1", 0);
    start();
  }

  /// Listens again at the same address after [#stop()].
  void start() {
    try {
      server = HttpServer.create(address, 100);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + address, e);
    }
    address = server.getAddress();
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  void stop() {
    streams.forEach(HttpExchange::close);
    streams.clear();
    server.stop(0);
    threads.shutdownNow();
  }

  String url() {
    return "http://" + address.getHostString() + ":" + address.getPort() + "/";
  }

  void snapshot(Object value) {
    snapshot = value;
  }

  /// Status of `/events` from now on: a gateway that is not there answers 503 through its Envoy.
  void eventsStatus(int status) {
    eventsStatus = status;
  }

  void reply(String path, Reply reply) {
    replies.put(path, reply);
  }

  /// Sends one event to every open stream.
  void send(String type, Object value) {
    sendText("event: " + type + "\ndata: " + write(value) + "\n\n");
  }

  /// Sends raw text to every open stream, such as a comment.
  void sendText(String text) {
    for (HttpExchange stream : streams) {
      writeTo(stream, text);
    }
  }

  int openStreams() {
    return streams.size();
  }

  long requests(Predicate<Request> which) {
    return requests.stream().filter(which).count();
  }

  long requests(String path) {
    return requests(request -> request.path().equals(path));
  }

  /// The most scripted requests that were under way at one time.
  int mostAtOnce() {
    return most.get();
  }

  @Override
  public void close() {
    stop();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    exchange.getResponseHeaders().set("cache-control", "no-store");
    if (path.equals("/events")) {
      answerEvents(exchange);
      return;
    }
    Reply reply = replies.get(path);
    if (reply != null) {
      requests.add(
          new Request(
              path,
              exchange.getRequestURI().getQuery(),
              "true".equals(exchange.getRequestHeaders().getFirst("x-canary"))));
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      pause(reply.delayMillis());
      now.decrementAndGet();
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      write(exchange, reply.status(), reply.body().getBytes(StandardCharsets.UTF_8));
      return;
    }
    Path file = PageFolder.PATH.resolve(path.equals("/") ? "index.html" : path.substring(1));
    if (!PageFolder.files().contains(file)) {
      write(exchange, 404, ("no file " + path).getBytes(StandardCharsets.UTF_8));
      return;
    }
    String name = file.toString();
    exchange
        .getResponseHeaders()
        .set("content-type", TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    write(exchange, 200, Files.readAllBytes(file));
  }

  private void answerEvents(HttpExchange exchange) throws IOException {
    if (eventsStatus != 200) {
      write(exchange, eventsStatus, "no healthy upstream".getBytes(StandardCharsets.UTF_8));
      return;
    }
    exchange.getResponseHeaders().set("content-type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    writeTo(exchange, "event: snapshot\ndata: " + write(snapshot) + "\n\n");
    streams.add(exchange);
  }

  private void writeTo(HttpExchange stream, String text) {
    synchronized (stream) {
      try {
        stream.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        stream.getResponseBody().flush();
      } catch (IOException gone) {
        streams.remove(stream);
      }
    }
  }

  private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + value, e);
    }
  }

  private static void pause(long millis) {
    if (millis > 0) {
      LockSupport.parkNanos(millis * 1_000_000);
    }
  }
}
