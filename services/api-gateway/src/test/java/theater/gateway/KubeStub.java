package theater.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// As much of an API server as an informer needs: lists and watches.
final class KubeStub implements AutoCloseable {
  private static final String END = "";
  private final HttpServer server;
  private final Map<String, Map<String, ObjectNode>> objects = new ConcurrentHashMap<>();
  private final List<Watch> watches = new ArrayList<>();
  private long resourceVersion = 1;

  private record Watch(String plural, BlockingQueue<String> events) {}

  KubeStub(String address, int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  /// A kubeconfig for this server, in the folder.
  Path kubeconfig(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig-" + server.getAddress().getPort()),
        """
        current-context: c
        clusters: [{name: c, cluster: {server: "%s"}}]
        users: [{name: u, user: {token: t}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        """
            .formatted(url()));
  }

  /// Creates or replaces an object.
  synchronized void apply(String plural, String yaml) throws IOException {
    ObjectNode object = (ObjectNode) new YAMLMapper().readTree(yaml);
    object
        .withObject("/metadata")
        .put("namespace", "theater-msa")
        .put("resourceVersion", Long.toString(++resourceVersion));
    String name = object.path("metadata").path("name").asText();
    boolean isNew = of(plural).put(name, object) == null;
    tell(plural, isNew ? "ADDED" : "MODIFIED", object);
  }

  synchronized void delete(String plural, String name) {
    ObjectNode object = of(plural).remove(name);
    object.withObject("/metadata").put("resourceVersion", Long.toString(++resourceVersion));
    tell(plural, "DELETED", object);
  }

  private Map<String, ObjectNode> of(String plural) {
    return objects.computeIfAbsent(plural, p -> new TreeMap<>());
  }

  private void tell(String plural, String type, ObjectNode object) {
    ObjectNode event =
        new ObjectMapper().createObjectNode().put("type", type).set("object", object);
    watches.stream()
        .filter(w -> w.plural().equals(plural))
        .forEach(w -> w.events().add(event + "\n"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String plural = exchange.getRequestURI().getPath().replaceAll(".*/", "");
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (query.contains("watch=true")) {
        watch(exchange, plural);
        return;
      }
      ObjectNode list = new ObjectMapper().createObjectNode();
      synchronized (this) {
        list.put("kind", "List")
            .put("apiVersion", "v1")
            .putObject("metadata")
            .put("resourceVersion", Long.toString(resourceVersion));
        of(plural).values().forEach(list.withArray("/items")::add);
      }
      byte[] body = list.toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void watch(HttpExchange exchange, String plural) throws IOException {
    Watch watch = new Watch(plural, new LinkedBlockingQueue<>());
    long from = 0;
    for (String part : exchange.getRequestURI().getQuery().split("&")) {
      from = part.startsWith("resourceVersion=") ? Long.parseLong(part.substring(16)) : from;
    }
    synchronized (this) {
      for (ObjectNode object : of(plural).values()) {
        if (object.path("metadata").path("resourceVersion").asLong() > from) {
          watch
              .events()
              .add(
                  new ObjectMapper().createObjectNode().put("type", "ADDED").set("object", object)
                      + "\n");
        }
      }
      watches.add(watch);
    }
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    try {
      for (String event = watch.events().take();
          !event.equals(END);
          event = watch.events().take()) {
        exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      watches.forEach(watch -> watch.events().add(END));
    }
    server.stop(0);
  }
}
