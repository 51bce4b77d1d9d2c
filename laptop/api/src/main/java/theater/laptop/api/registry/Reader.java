package theater.laptop.api.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.selector.FieldSelector;
import theater.laptop.api.selector.LabelSelector;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;
import theater.laptop.api.usage.Usage;

/// Get and list.
public record Reader(ObjectStore store, Usage usage) {

  /// Without what is measured.
  public Reader(ObjectStore store) {
    this(store, Usage.NONE);
  }

  /// @throws StatusException 404
  public ObjectNode get(Kind kind, String version, String namespace, String name) {
    return as(kind, version, stored(kind, namespace, name));
  }

  /// The stored instance itself: not to be changed. @throws StatusException 404
  ObjectNode stored(Kind kind, String namespace, String name) {
    ObjectNode found =
        Usage.measures(kind)
            ? usage.list(kind, namespace).stream()
                .filter(each -> Json.name(each).equals(name))
                .findFirst()
                .orElse(null)
            : store.get(key(kind, namespace, name));
    if (found == null) {
      throw StatusException.notFound(kind, name);
    }
    return found;
  }

  /// @param namespace null or empty for all
  public ObjectStore.Listing list(
      Kind kind, String version, String namespace, LabelSelector labels, FieldSelector fields) {
    String within =
        !kind.namespaced() || namespace == null || namespace.isEmpty() ? null : namespace;
    ObjectStore.Listing all = store.list(kind.resource(), within);
    if (Usage.measures(kind)) {
      all = new ObjectStore.Listing(all.resourceVersion(), usage.list(kind, within));
    }
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

  /// The object as a version shows it: most versions of a kind differ in nothing but that name.
  public static ObjectNode as(Kind kind, String version, ObjectNode object) {
    String wanted = kind.apiVersion(version);
    if (object.path("apiVersion").asText().equals(wanted)) {
      return kind.learned() ? kind.custom().filled(object) : object;
    }
    ObjectNode copy = Json.object();
    copy.put("apiVersion", wanted).put("kind", kind.kind());
    object
        .properties()
        .forEach(field -> {
          if (!copy.has(field.getKey())) {
            copy.set(field.getKey(), field.getValue());
          }
        });
    Versions.out(kind, version, copy);
    return kind.learned() ? kind.custom().filled(copy) : copy;
  }
}
