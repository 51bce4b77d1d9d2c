package theater.laptop.api.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.selector.FieldSelector;
import theater.laptop.api.selector.LabelSelector;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;

/// Get and list.
public record Reader(ObjectStore store) {

  /// @throws StatusException 404
  public ObjectNode get(Kind kind, String version, String namespace, String name) {
    return as(kind, version, stored(kind, namespace, name));
  }

  /// The stored instance itself: not to be changed. @throws StatusException 404
  ObjectNode stored(Kind kind, String namespace, String name) {
    ObjectNode found = store.get(key(kind, namespace, name));
    if (found == null) {
      throw StatusException.notFound(kind, name);
    }
    return found;
  }

  /// @param namespace null or empty for all
  public ObjectStore.Listing list(
      Kind kind, String version, String namespace, LabelSelector labels, FieldSelector fields) {
    ObjectStore.Listing all =
        store.list(
            kind.resource(),
            !kind.namespaced() || namespace == null || namespace.isEmpty() ? null : namespace);
    List<ObjectNode> items =
        all.items().stream()
            .filter(object ->
                labels.matches(object.path("metadata").path("labels")) && fields.matches(object))
            .map(object -> as(kind, version, object))
            .toList();
    return new ObjectStore.Listing(all.resourceVersion(), items);
  }

  static ObjectKey key(Kind kind, String namespace, String name) {
    return new ObjectKey(kind.resource(), kind.namespaced() ? namespace : "", name);
  }

  /// The object as a version shows it: versions of one kind differ in nothing but that name.
  public static ObjectNode as(Kind kind, String version, ObjectNode object) {
    String wanted = kind.apiVersion(version);
    if (object.path("apiVersion").asText().equals(wanted)) {
      return object;
    }
    ObjectNode copy = theater.laptop.api.json.Json.object();
    copy.put("apiVersion", wanted).put("kind", kind.kind());
    object
        .properties()
        .forEach(field -> {
          if (!copy.has(field.getKey())) {
            copy.set(field.getKey(), field.getValue());
          }
        });
    return copy;
  }
}
