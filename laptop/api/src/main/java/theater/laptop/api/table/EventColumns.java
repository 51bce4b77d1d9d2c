package theater.laptop.api.table;

import static theater.laptop.api.table.Column.text;
import static theater.laptop.api.table.Column.wide;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import theater.laptop.api.json.Json;

/// Events.
final class EventColumns {
  static final List<Column> ALL =
      List.of(
          text("Last Seen", event -> Age.since(last(event), Instant.now())),
          text("Type", event -> Json.text(event, "type")),
          text("Reason", event -> Json.text(event, "reason")),
          text(
              "Object",
              event ->
                  Json.text(event, "involvedObject", "kind").toLowerCase(Locale.ROOT)
                      + "/"
                      + Json.text(event, "involvedObject", "name")),
          wide("Subobject", event -> Json.text(event, "involvedObject", "fieldPath")),
          wide("Source", event -> Json.text(event, "source", "component")),
          text("Message", event -> Json.text(event, "message").strip()),
          wide("First Seen", event -> Age.since(first(event), Instant.now())),
          wide("Count", event -> Integer.toString(Math.max(1, event.path("count").asInt(1)))),
          wide("Name", Json::name));

  private EventColumns() {}

  private static String first(ObjectNode event) {
    String first = Json.text(event, "firstTimestamp");
    return first.isEmpty() ? Json.text(event, "eventTime") : first;
  }

  private static String last(ObjectNode event) {
    String last = Json.text(event, "lastTimestamp");
    String series = Json.text(event, "series", "lastObservedTime");
    return !series.isEmpty() ? series : last.isEmpty() ? first(event) : last;
  }
}
