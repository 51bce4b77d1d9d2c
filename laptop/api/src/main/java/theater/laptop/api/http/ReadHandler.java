package theater.laptop.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.registry.Page;
import theater.laptop.api.registry.Reader;
import theater.laptop.api.registry.Scale;
import theater.laptop.api.selector.FieldSelector;
import theater.laptop.api.selector.LabelSelector;
import theater.laptop.api.store.ObjectStore;
import theater.laptop.api.table.Tables;

/// Get and list, as objects or as a table.
record ReadHandler(Reader reader) {

  void get(Exchange exchange, ApiPath path) {
    ObjectNode object = reader.get(path.kind(), path.version(), path.namespace(), path.name());
    if (path.subresource().equals("scale")) {
      exchange.send(200, Scale.of(path.kind(), object));
    } else if (wantsTable(exchange)) {
      exchange.send(
          200,
          Tables.of(
              path.kind(),
              List.of(object),
              Json.text(object, "metadata", "resourceVersion"),
              exchange.query("includeObject"),
              true));
    } else {
      exchange.send(200, object);
    }
  }

  void list(Exchange exchange, ApiPath path) {
    Kind kind = path.kind();
    ObjectStore.Listing listing =
        reader.list(
            kind,
            path.version(),
            path.namespace(),
            LabelSelector.parse(exchange.query("labelSelector")),
            FieldSelector.parse(kind, exchange.query("fieldSelector")));
    Page page =
        Page.of(reader.store(), listing, exchange.number("limit"), exchange.query("continue"));
    String resourceVersion = Long.toString(page.resourceVersion());
    ObjectNode answer;
    if (wantsTable(exchange)) {
      answer =
          Tables.of(kind, page.items(), resourceVersion, exchange.query("includeObject"), true);
    } else {
      answer =
          Json.object()
              .put("kind", kind.listKind())
              .put("apiVersion", kind.apiVersion(path.version()));
      answer.putObject("metadata").put("resourceVersion", resourceVersion);
      page.items().forEach(answer.putArray("items")::add);
    }
    if (!page.next().isEmpty()) {
      Json.metadata(answer).put("continue", page.next());
      if (exchange.query("labelSelector").isEmpty() && exchange.query("fieldSelector").isEmpty()) {
        Json.metadata(answer).put("remainingItemCount", page.remaining());
      }
    }
    exchange.send(200, answer);
  }

  /// Whether the client would rather have a table that the server made.
  static boolean wantsTable(Exchange exchange) {
    String first = exchange.header("Accept").split(",")[0];
    return first.contains("as=Table") && first.contains("g=meta.k8s.io");
  }
}
