package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import theater.kube.KubeApi.Watch;
import theater.kube.KubeApi.WatchEvent;

/// One watch stream, read line by line on a virtual thread of its own.
final class HttpWatch implements Watch {
  private final String what;
  private final Supplier<InputStream> opener;
  private final Duration atMost;
  private final Consumer<WatchEvent> events;
  private final Consumer<RuntimeException> ended;
  private volatile boolean closed;
  private volatile Thread thread;

  private HttpWatch(
      String what,
      Supplier<InputStream> opener,
      Duration atMost,
      Consumer<WatchEvent> events,
      Consumer<RuntimeException> ended) {
    this.what = what;
    this.opener = opener;
    this.atMost = atMost;
    this.events = events;
    this.ended = ended;
  }

  /// @param atMost after which the stream is given up
  static HttpWatch start(
      String what,
      Supplier<InputStream> opener,
      Duration atMost,
      Consumer<WatchEvent> events,
      Consumer<RuntimeException> ended) {
    HttpWatch watch = new HttpWatch(what, opener, atMost, events, ended);
    watch.thread = Thread.ofVirtual().name("watch " + what).unstarted(watch::run);
    watch.thread.start();
    return watch;
  }

  private void run() {
    RuntimeException end = null;
    try (InputStream stream = opener.get()) {
      end = read(stream);
    } catch (IOException e) {
      end = brokenOff(e.getMessage(), e);
    } catch (RuntimeException e) {
      end = e;
    }
    ended.accept(closed ? null : end);
  }

  /// @return null when the server ended the stream
  private RuntimeException read(InputStream stream) {
    TimeLimit limit = TimeLimit.of(atMost, stream);
    try (limit;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
        if (!line.isBlank()) {
          take(HttpKubeApi.JSON.readTree(line));
        }
      }
      return null;
    } catch (IOException e) {
      return limit.over()
          ? brokenOff("the server did not end it after " + atMost.toSeconds() + " s", e)
          : brokenOff(e.getMessage(), e);
    }
  }

  private KubeUnavailableException brokenOff(String why, IOException cause) {
    return new KubeUnavailableException("the watch of " + what + " broke off: " + why, cause);
  }

  private void take(JsonNode event) {
    JsonNode object = event.path("object");
    switch (event.path("type").asText()) {
      case "ADDED" -> events.accept(new WatchEvent(WatchEvent.Type.ADDED, (ObjectNode) object));
      case "MODIFIED" ->
          events.accept(new WatchEvent(WatchEvent.Type.MODIFIED, (ObjectNode) object));
      case "DELETED" -> events.accept(new WatchEvent(WatchEvent.Type.DELETED, (ObjectNode) object));
      case "BOOKMARK" ->
          events.accept(new WatchEvent(WatchEvent.Type.BOOKMARK, (ObjectNode) object));
      case "ERROR" -> throw StatusAnswer.exception(500, object);
      default -> {
        // Something newer than this client.
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
