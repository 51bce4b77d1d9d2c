package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Supplier;
import theater.kube.KubeApi.Watch;
import theater.kube.KubeApi.WatchEvent;

/// One watch stream, read line by line on a virtual thread of its own.
final class HttpWatch implements Watch {
  private final String what;
  private final Supplier<InputStream> opener;
  private final Consumer<WatchEvent> events;
  private final Consumer<RuntimeException> ended;
  private volatile boolean closed;
  private volatile Thread thread;

  private HttpWatch(
      String what,
      Supplier<InputStream> opener,
      Consumer<WatchEvent> events,
      Consumer<RuntimeException> ended) {
    this.what = what;
    this.opener = opener;
    this.events = events;
    this.ended = ended;
  }

  static HttpWatch start(
      String what,
      Supplier<InputStream> opener,
      Consumer<WatchEvent> events,
      Consumer<RuntimeException> ended) {
    HttpWatch watch = new HttpWatch(what, opener, events, ended);
    watch.thread = Thread.ofVirtual().name("watch " + what).unstarted(watch::run);
    watch.thread.start();
    return watch;
  }

  private void run() {
    RuntimeException end = null;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(opener.get(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
        if (!line.isBlank()) {
          take(HttpKubeApi.JSON.readTree(line));
        }
      }
    } catch (IOException e) {
      end =
          new KubeUnavailableException("the watch of " + what + " broke off: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      end = e;
    }
    ended.accept(closed ? null : end);
  }

  private void take(JsonNode event) {
    JsonNode object = event.path("object");
    switch (event.path("type").asText()) {
      case "ADDED" -> events.accept(new WatchEvent(WatchEvent.Type.ADDED, (ObjectNode) object));
      case "MODIFIED" ->
          events.accept(new WatchEvent(WatchEvent.Type.MODIFIED, (ObjectNode) object));
      case "DELETED" -> events.accept(new WatchEvent(WatchEvent.Type.DELETED, (ObjectNode) object));
      case "ERROR" -> throw StatusAnswer.exception(500, object);
      default -> {
        // A bookmark, or something newer than this client.
      }
    }
  }

  /// The reader is interrupted, which also ends a request that still waits for its answer.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
