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

/// Get and list, as objects, as a table or as metadata only.
record ReadHandler(Reader reader) {

  void get(Exchange exchange, ApiPath path) {
    ObjectNode object = reader.get(path.kind(), path.version(), path.namespace(), path.name());
    if (path.subresource().equals("scale")) {
      exchange.send(200, Scale.of(path.kind(), object));
    } else {
      exchange.send(
          200,
          switch (Representation.of(exchange)) {
            case OBJECT -> object;
            case METADATA -> Representation.metadata(object);
            case TABLE ->
                Tables.of(
                    path.kind(),
                    List.of(object),
                    Json.text(object, "metadata", "resourceVersion"),
                    exchange.query("includeObject"),
                    true);
          });
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
    ListOptions.of(exchange).checkList(reader.store(), kind.resource(), listing);
    Page page =
        Page.of(reader.store(), listing, exchange.number("limit"), exchange.query("continue"));
    String resourceVersion = Long.toString(page.resourceVersion());
    ObjectNode answer =
        switch (Representation.of(exchange)) {
          case TABLE ->
              Tables.of(kind, page.items(), resourceVersion, exchange.query("includeObject"), true);
          case METADATA ->
              list(
                  Representation.metadataList(),
                  resourceVersion,
                  page.items().stream().map(Representation::metadata).toList());
          case OBJECT ->
              list(
                  Json.object()
                      .put("kind", kind.listKind())
                      .put("apiVersion", kind.apiVersion(path.version())),
                  resourceVersion,
                  page.items());
        };
    if (!page.next().isEmpty()) {
      Json.metadata(answer).put("continue", page.next());
      if (exchange.query("labelSelector").isEmpty() && exchange.query("fieldSelector").isEmpty()) {
        Json.metadata(answer).put("remainingItemCount", page.remaining());
      }
    }
    exchange.send(200, answer);
  }

  private static ObjectNode list(ObjectNode list, String resourceVersion, List<ObjectNode> items) {
    list.putObject("metadata").put("resourceVersion", resourceVersion);
    items.forEach(list.putArray("items")::add);
    return list;
  }
}
