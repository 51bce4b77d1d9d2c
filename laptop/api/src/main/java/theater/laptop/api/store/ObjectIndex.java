package theater.laptop.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// All objects, by resource, sorted by namespace and name. Its owner keeps the lock.
final class ObjectIndex {
  private final Map<String, TreeMap<ObjectKey, ObjectNode>> objects = new HashMap<>();

  /// Null when it is not there.
  ObjectNode get(ObjectKey key) {
    TreeMap<ObjectKey, ObjectNode> all = objects.get(key.resource());
    return all == null ? null : all.get(key);
  }

  void put(ObjectKey key, ObjectNode object) {
    objects.computeIfAbsent(key.resource(), _ -> new TreeMap<>()).put(key, object);
  }

  /// Takes what a journal's record says: an object, or its removal.
  void restore(ObjectKey key, JsonNode recorded) {
    if (recorded instanceof ObjectNode object) {
      put(key, object);
    } else {
      remove(key);
    }
  }

  void remove(ObjectKey key) {
    TreeMap<ObjectKey, ObjectNode> all = objects.get(key.resource());
    if (all != null) {
      all.remove(key);
    }
  }

  /// @param namespace null for all
  List<ObjectNode> list(String resource, String namespace) {
    TreeMap<ObjectKey, ObjectNode> all = objects.getOrDefault(resource, new TreeMap<>());
    if (namespace == null) {
      return List.copyOf(all.values());
    }
    List<ObjectNode> items = new ArrayList<>();
    for (Map.Entry<ObjectKey, ObjectNode> entry :
        all.tailMap(new ObjectKey(resource, namespace, "")).entrySet()) {
      if (!entry.getKey().namespace().equals(namespace)) {
        break;
      }
      items.add(entry.getValue());
    }
    return List.copyOf(items);
  }

  void each(BiConsumer<ObjectKey, ObjectNode> consumer) {
    objects.values().forEach(all -> all.forEach(consumer));
  }
}
