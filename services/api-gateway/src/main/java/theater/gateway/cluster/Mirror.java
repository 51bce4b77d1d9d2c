package theater.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The objects of one kind in one namespace, kept by list and watch on a thread of its own. It
/// connects again for ever.
///
/// Not an informer of the client library: with the JDK's HTTP client its watch counts as open only
/// when the first event comes, so that "known" could not be told from "lost" in a quiet namespace.
final class Mirror implements AutoCloseable {
  private static final ObjectReader READER = new ObjectMapper().readerFor(JsonNode.class);
  private static final long FIRST_WAIT_MS = 100;
  private static final long LONGEST_WAIT_MS = 3200;
  private static final long GRACE_NANOS = 5_000_000_000L;

  private final ApiConnection api;
  private final String path;
  private final Runnable changed;
  private final Thread thread;
  private volatile Map<String, JsonNode> objects;
  private volatile String failure = "the API server has not answered yet";
  private volatile long lost;
  private String resourceVersion;
  private boolean listed;

  /// @param path of the list, `/api/v1/namespaces/theater-msa/pods`
  /// @param changed called on the mirror's thread after each change
  Mirror(ApiConnection api, String path, Runnable changed) {
    this.api = api;
    this.path = path;
    this.changed = changed;
    this.thread = Thread.ofVirtual().name("mirror " + path).start(this::run);
  }

  /// Null when the objects are known: watched now or until a moment ago. Otherwise why not.
  String unknownReason() {
    String reason = failure;
    return reason != null && objects != null && System.nanoTime() - lost < GRACE_NANOS
        ? null
        : reason;
  }

  /// By name.
  List<JsonNode> objects() {
    Map<String, JsonNode> known = objects;
    return known == null ? List.of() : List.copyOf(known.values());
  }

  private void run() {
    long wait = FIRST_WAIT_MS;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (!listed) {
          list();
        }
        wait = FIRST_WAIT_MS;
        watch();
      } catch (IOException | RuntimeException e) {
        listed = false;
        if (failure == null) {
          lost = System.nanoTime();
        }
        failure = "the API server can not be read: " + ApiConnection.reason(e);
        changed.run();
        wait = sleep(wait);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void list() throws IOException, InterruptedException {
    api.refresh();
    try (InputStream body = api.get(path)) {
      JsonNode list = READER.readTree(body);
      Map<String, JsonNode> found = new TreeMap<>();
      list.path("items").forEach(object -> found.put(name(object), object));
      objects = found;
      resourceVersion = list.path("metadata").path("resourceVersion").asText();
      listed = true;
    }
  }

  /// Returns when the server ended it, as it does every few minutes.
  private void watch() throws IOException, InterruptedException {
    try (InputStream body =
        api.get(
            path
                + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion="
                + resourceVersion)) {
      failure = null;
      changed.run();
      MappingIterator<JsonNode> events = READER.readValues(body);
      while (events.hasNextValue()) {
        take(events.nextValue());
      }
    }
  }

  private void take(JsonNode event) throws IOException {
    JsonNode object = event.path("object");
    Map<String, JsonNode> next = new TreeMap<>(objects);
    switch (event.path("type").asText()) {
      case "ADDED", "MODIFIED" -> next.put(name(object), object);
      case "DELETED" -> next.remove(name(object));
      case "BOOKMARK" -> {}
      default ->
          throw new IOException(
              "the watch ended with " + object.path("message").asText(event.toString()));
    }
    resourceVersion = object.path("metadata").path("resourceVersion").asText();
    objects = next;
    changed.run();
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  private static long sleep(long wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Math.min(2 * wait, LONGEST_WAIT_MS);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
