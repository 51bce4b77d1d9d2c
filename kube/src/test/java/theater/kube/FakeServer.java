package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.identity.IssuedCertificate;

/// Pods over HTTPS with client certificates, as an API server tells them: lists, watches,
/// bookmarks, 410. Remembers what it was asked.
final class FakeServer implements AutoCloseable {
  record Request(
      String method,
      String uri,
      String contentType,
      String authorization,
      String user,
      String body) {}

  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CertificateAuthority authority;
  private final Map<String, ObjectNode> pods = new TreeMap<>();
  private final TreeMap<Integer, String> history = new TreeMap<>();
  private final List<OutputStream> watches = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpsServer server;
  private int port;
  private int revision = 100;
  private int oldestRevision;
  volatile int refuse;

  /// What the bearer must show; null: nobody is asked.
  volatile String token;

  /// While true, requests are taken and not answered.
  volatile boolean silent;

  FakeServer(CertificateAuthority authority) throws IOException {
    this.authority = authority;
    start();
  }

  Connection connection() {
    IssuedCertificate admin = authority.client("admin", "system:masters");
    return Connection.withCertificate(
        URI.create("https://127.0.0.1:" + port),
        authority.rootPem(),
        admin.chainPem(),
        admin.keyPem());
  }

  void start() throws IOException {
    IssuedCertificate own = authority.server(List.of("127.0.0.1"));
    SSLContext tls =
        Tls.context(
            Connection.withCertificate(
                URI.create("https://self"), authority.rootPem(), own.chainPem(), own.keyPem()));
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    port = server.getAddress().getPort();
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = tls.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  void stop() {
    // First the connections: a watch that ends would be asked for again on one that is kept.
    server.stop(0);
    endWatches();
  }

  synchronized ObjectNode put(String name, String phase) {
    ObjectNode pod = HttpKubeApi.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    boolean known = pods.containsKey(name);
    pod.putObject("metadata")
        .put("namespace", "shop")
        .put("name", name)
        .put("uid", "uid-" + name)
        .put("resourceVersion", "" + ++revision);
    pod.putObject("status").put("phase", phase);
    pods.put(name, pod);
    tell(known ? "MODIFIED" : "ADDED", pod);
    return pod;
  }

  synchronized void remove(String name) {
    ObjectNode pod = pods.remove(name).deepCopy();
    ((ObjectNode) pod.path("metadata")).put("resourceVersion", "" + ++revision);
    tell("DELETED", pod);
  }

  synchronized void bookmark() {
    ObjectNode object = HttpKubeApi.JSON.createObjectNode();
    object.putObject("metadata").put("resourceVersion", "" + revision);
    tell("BOOKMARK", object);
  }

  /// Events before now are forgotten, so a watch from an older revision gets 410, and running ones
  /// end with it.
  synchronized void forget() {
    oldestRevision = ++revision;
    tell("ERROR", (ObjectNode) status(410, "Expired", "too old resource version"));
    endWatches();
  }

  /// The same for those who come later; running watches are not told.
  synchronized void forgetQuietly() {
    oldestRevision = ++revision;
  }

  synchronized void endWatches() {
    watches.forEach(stream -> {
      try {
        stream.close();
      } catch (IOException e) {
        // The client was quicker.
      }
    });
    watches.clear();
  }

  synchronized int watchers() {
    return watches.size();
  }

  private void tell(String type, ObjectNode object) {
    String line =
        HttpKubeApi.JSON.createObjectNode().put("type", type).set("object", object).toString()
            + "\n";
    history.putIfAbsent(revision, line);
    watches.removeIf(stream -> {
      try {
        stream.write(line.getBytes(StandardCharsets.UTF_8));
        stream.flush();
        return false;
      } catch (IOException e) {
        return true;
      }
    });
  }

  private void answer(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            exchange.getRequestHeaders().getFirst("Authorization"),
            ((com.sun.net.httpserver.HttpsExchange) exchange)
                .getSSLSession()
                .getPeerPrincipal()
                .getName(),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    if (silent) {
      return;
    }
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    if (token != null && !("Bearer " + token).equals(bearer)) {
      send(exchange, 401, status(401, "Unauthorized", "Unauthorized"));
    } else if (refuse != 0) {
      send(exchange, refuse, status(refuse, "Refused", "refused for the test"));
    } else if (query.contains("watch=true")) {
      watch(exchange, Integer.parseInt(query.replaceAll(".*resourceVersion=(\\d+).*", "$1")));
    } else if (exchange.getRequestURI().getPath().endsWith("/pods")
        && exchange.getRequestMethod().equals("GET")) {
      send(exchange, 200, list());
    } else if (exchange.getRequestMethod().equals("POST")) {
      send(exchange, 201, HttpKubeApi.JSON.readTree(requests.getLast().body()));
    } else {
      String name =
          exchange.getRequestURI().getPath().replaceAll("/status$", "").replaceAll(".*/", "");
      ObjectNode pod = pods.get(name);
      send(
          exchange,
          pod == null ? 404 : 200,
          pod == null ? status(404, "NotFound", "pods \"" + name + "\" not found") : pod);
    }
  }

  private synchronized JsonNode list() {
    ObjectNode list = HttpKubeApi.JSON.createObjectNode().put("kind", "PodList");
    list.putObject("metadata").put("resourceVersion", "" + revision);
    pods.values()
        .forEach(pod ->
            list.withArray("items").add(pod.deepCopy().without(List.of("kind", "apiVersion"))));
    return list;
  }

  private synchronized void watch(HttpExchange exchange, int from) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream stream = exchange.getResponseBody();
    stream.write('\n');
    stream.flush();
    if (from < oldestRevision) {
      String line =
          HttpKubeApi.JSON
              .createObjectNode()
              .put("type", "ERROR")
              .set("object", status(410, "Expired", "too old"))
              .toString();
      stream.write(line.getBytes(StandardCharsets.UTF_8));
      stream.close();
    } else {
      for (String line : history.tailMap(from, false).values()) {
        stream.write(line.getBytes(StandardCharsets.UTF_8));
      }
      stream.flush();
      watches.add(stream);
    }
  }

  private static void send(HttpExchange exchange, int code, JsonNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    try (OutputStream stream = exchange.getResponseBody()) {
      stream.write(bytes);
    }
  }

  private static JsonNode status(int code, String reason, String message) {
    return HttpKubeApi.JSON
        .createObjectNode()
        .put("kind", "Status")
        .put("code", code)
        .put("reason", reason)
        .put("message", message);
  }

  @Override
  public void close() {
    stop();
    threads.shutdownNow();
  }
}
