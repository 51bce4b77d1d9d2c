package theater.laptop.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// One durable change.
///
/// @param object the new object; null when it was deleted
/// @param previous the object before; null when it is new
public record StoreEvent(
    long resourceVersion, ObjectKey key, ObjectNode object, ObjectNode previous) {}
