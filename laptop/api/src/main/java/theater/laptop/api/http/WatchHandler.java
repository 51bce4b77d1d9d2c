package theater.laptop.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.registry.Reader;
import theater.laptop.api.selector.FieldSelector;
import theater.laptop.api.selector.LabelSelector;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectStore;
import theater.laptop.api.store.StoreEvent;
import theater.laptop.api.store.StoreWatch;
import theater.laptop.api.table.Tables;

/// A stream of changes. It starts with one space, so that the headers leave at once (kubectl waits
/// for them); when nothing happens, a space or, for those who allow it, a bookmark every few
/// seconds finds clients that are gone. JSON readers skip spaces.
record WatchHandler(ObjectStore store, Reader reader) {
  private static final long BEAT = 10_000;
  private static final int LONGEST_SECONDS = 3600;

  void watch(Exchange exchange, ApiPath path) {
    Kind kind = path.kind();
    LabelSelector labels = LabelSelector.parse(exchange.query("labelSelector"));
    FieldSelector fields =
        FieldSelector.parse(
            kind,
            exchange.query("fieldSelector")
                + (path.watch() && !path.name().isEmpty() ? "metadata.name=" + path.name() : ""));
    Selection selection = new Selection(kind, path, labels, fields);
    ListOptions options = ListOptions.of(exchange);
    options.checkWatch();
    String asked = options.resourceVersion();
    boolean initial =
        exchange.flag("sendInitialEvents")
            || asked.isEmpty() && exchange.query("sendInitialEvents").isEmpty()
            || asked.equals("0");
    Integer seconds = exchange.number("timeoutSeconds");
    long end =
        System.nanoTime()
            + Duration.ofSeconds(seconds == null ? LONGEST_SECONDS : Math.max(1, seconds))
                .toNanos();
    ObjectStore.Listing first = reader.list(kind, path.version(), path.namespace(), labels, fields);
    StoreWatch watch;
    try {
      watch =
          store.watch(
              kind.resource(),
              initial || asked.isEmpty() ? first.resourceVersion() : options.version());
    } catch (StatusException e) {
      if (e.code() != 410) {
        throw e;
      }
      exchange.head(200, "application/json");
      stream(exchange, out -> write(out, "ERROR", e.toJson()));
      return;
    }
    try (watch) {
      Representation shown = Representation.of(exchange);
      exchange.head(200, shown.contentType());
      stream(
          exchange,
          out -> {
            out.write(' ');
            out.flush();
            Sink sink = new Sink(out, exchange, kind, shown);
            if (initial) {
              for (ObjectNode object : first.items()) {
                sink.send("ADDED", object);
              }
              if (exchange.flag("sendInitialEvents")) {
                sink.bookmark(path, first.resourceVersion(), true);
              }
            }
            follow(watch, sink, selection, end, exchange.flag("allowWatchBookmarks"));
          });
    }
  }

  private static void follow(
      StoreWatch watch, Sink sink, Selection selection, long end, boolean bookmarks)
      throws IOException {
    long marked = 0;
    try {
      while (System.nanoTime() < end && !watch.ended()) {
        long left = Math.min(BEAT, Math.max(1, (end - System.nanoTime()) / 1_000_000));
        StoreEvent event = watch.next(left);
        if (event != null) {
          selection.tell(event, sink);
          continue;
        }
        long reached = bookmarks ? watch.reached() : marked;
        if (reached > marked) {
          marked = reached;
          sink.bookmark(selection.path, marked, false);
        } else {
          sink.beat();
        }
      }
      if (watch.overrun()) {
        write(sink.out, "ERROR", StatusException.expired(0, 0).toJson());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What of the resource this watch is about.
  private record Selection(Kind kind, ApiPath path, LabelSelector labels, FieldSelector fields) {
    boolean has(ObjectNode object) {
      return object != null
          && labels.matches(object.path("metadata").path("labels"))
          && fields.matches(object);
    }

    void tell(StoreEvent event, Sink sink) throws IOException {
      if (!path.namespace().isEmpty() && !path.namespace().equals(event.key().namespace())) {
        return;
      }
      boolean before = has(event.previous());
      boolean now = has(event.object());
      if (now) {
        sink.send(before ? "MODIFIED" : "ADDED", Reader.as(kind, path.version(), event.object()));
      } else if (before) {
        ObjectNode last = event.previous().deepCopy();
        Json.metadata(last).put("resourceVersion", Long.toString(event.resourceVersion()));
        sink.send("DELETED", Reader.as(kind, path.version(), last));
      }
    }
  }

  private static final class Sink {
    private final OutputStream out;
    private final Exchange exchange;
    private final Kind kind;
    private final Representation shown;
    private boolean columns = true;

    Sink(OutputStream out, Exchange exchange, Kind kind, Representation shown) {
      this.out = out;
      this.exchange = exchange;
      this.kind = kind;
      this.shown = shown;
    }

    void send(String type, ObjectNode object) throws IOException {
      String version = Json.text(object, "metadata", "resourceVersion");
      write(out, type, show(object, version, exchange.query("includeObject")));
      columns &= shown != Representation.TABLE;
    }

    private ObjectNode show(ObjectNode object, String version, String include) {
      return switch (shown) {
        case OBJECT -> object;
        case METADATA -> Representation.metadata(object);
        case TABLE -> Tables.of(kind, List.of(object), version, include, columns);
      };
    }

    void bookmark(ApiPath path, long version, boolean initial) throws IOException {
      ObjectNode object =
          Json.object().put("kind", kind.kind()).put("apiVersion", kind.apiVersion(path.version()));
      ObjectNode metadata =
          object
              .putObject("metadata")
              .put("resourceVersion", Long.toString(version))
              .putNull("creationTimestamp");
      if (initial) {
        metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
      }
      write(out, "BOOKMARK", show(object, Long.toString(version), ""));
    }

    void beat() throws IOException {
      out.write(' ');
      out.flush();
    }
  }

  private static void write(OutputStream out, String type, ObjectNode object) throws IOException {
    ObjectNode event = Json.object().put("type", type);
    event.set("object", object);
    byte[] bytes = Json.bytes(event);
    byte[] line = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    line[bytes.length] = '\n';
    out.write(line);
    out.flush();
  }

  /// Writes until the end or until the client is gone.
  static void stream(Exchange exchange, Body body) {
    try (OutputStream out = exchange.response.outputStream()) {
      body.write(out);
    } catch (IOException | UncheckedIOException | ServerConnectionException e) {
      // The client went away: nobody is left to be told.
    }
  }

  /// Writes a body piece by piece.
  interface Body {
    void write(OutputStream out) throws IOException;
  }
}
