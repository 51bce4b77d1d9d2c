package theater.laptop.api.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.json.Json;

/// `metadata.managedFields` of one object.
record ManagedFields(List<Entry> entries) {

  /// One manager's part. @param operation `Apply` or `Update`
  record Entry(
      String manager,
      String operation,
      String apiVersion,
      String subresource,
      String time,
      FieldSet fields) {

    boolean is(String manager, String operation, String subresource) {
      return this.manager.equals(manager)
          && this.operation.equals(operation)
          && this.subresource.equals(subresource);
    }

    Entry with(FieldSet fields, String time) {
      return new Entry(manager, operation, apiVersion, subresource, time, fields);
    }

    private ObjectNode json() {
      ObjectNode entry =
          Json.object()
              .put("manager", manager)
              .put("operation", operation)
              .put("apiVersion", apiVersion)
              .put("time", time)
              .put("fieldsType", "FieldsV1");
      entry.set("fieldsV1", fields.json());
      if (!subresource.isEmpty()) {
        entry.put("subresource", subresource);
      }
      return entry;
    }
  }

  static ManagedFields of(JsonNode object) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode each : object.path("metadata").path("managedFields")) {
      entries.add(
          new Entry(
              Json.text(each, "manager"),
              Json.text(each, "operation"),
              Json.text(each, "apiVersion"),
              Json.text(each, "subresource"),
              Json.text(each, "time"),
              FieldSet.parse(each.path("fieldsV1"))));
    }
    return new ManagedFields(entries);
  }

  FieldSet of(String manager, String operation, String subresource) {
    return entries.stream()
        .filter(entry -> entry.is(manager, operation, subresource))
        .map(Entry::fields)
        .findFirst()
        .orElse(FieldSet.EMPTY);
  }

  /// The same with one manager's part replaced; a part without fields goes.
  ManagedFields with(Entry changed) {
    List<Entry> next = new ArrayList<>();
    boolean found = false;
    for (Entry entry : entries) {
      if (entry.is(changed.manager, changed.operation, changed.subresource)) {
        found = true;
        next.add(entry.fields.equals(changed.fields) ? entry : changed);
      } else {
        next.add(entry);
      }
    }
    if (!found) {
      next.add(changed);
    }
    next.removeIf(entry -> entry.fields.isEmpty());
    return new ManagedFields(next);
  }

  /// The same without what these places have in all parts but one.
  ManagedFields taken(FieldSet places, String manager, String operation, String subresource) {
    return new ManagedFields(
        entries.stream()
            .map(entry ->
                entry.is(manager, operation, subresource)
                    ? entry
                    : entry.with(entry.fields.without(places), entry.time))
            .filter(entry -> !entry.fields.isEmpty())
            .toList());
  }

  void writeTo(ObjectNode object) {
    ObjectNode metadata = Json.metadata(object);
    if (entries.isEmpty()) {
      metadata.remove("managedFields");
      return;
    }
    ArrayNode list = metadata.putArray("managedFields");
    entries.forEach(entry -> list.add(entry.json()));
  }
}
