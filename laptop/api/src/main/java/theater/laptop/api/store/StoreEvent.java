package theater.laptop.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import theater.laptop.api.json.Json;

/// One durable change.
///
/// @param object the new object; null when it was deleted
/// @param previous the object before; null when it is new
/// @param size about how many bytes of JSON are kept in memory because of it; 0 until it is written
public record StoreEvent(
    long resourceVersion, ObjectKey key, ObjectNode object, ObjectNode previous, int size) {

  StoreEvent(long resourceVersion, ObjectKey key, ObjectNode object, ObjectNode previous) {
    this(resourceVersion, key, object, previous, 0);
  }

  /// Its record in the journal: version, key, and the object unless it is gone.
  byte[] bytes() {
    ObjectNode record = Json.object().put("v", resourceVersion).put("r", key.resource());
    record.put("ns", key.namespace()).put("n", key.name());
    if (object != null) {
      record.set("o", object);
    }
    return Json.bytes(record);
  }

  /// With its size. @param record its [#bytes]
  StoreEvent weighed(byte[] record) {
    int last = object == null ? Json.bytes(previous).length : 0;
    return new StoreEvent(resourceVersion, key, object, previous, record.length + last);
  }
}
