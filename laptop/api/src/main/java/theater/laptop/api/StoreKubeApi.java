package theater.laptop.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.function.Supplier;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.ResourceType;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.kind.ServedKinds;
import theater.laptop.api.patch.MergePatch;
import theater.laptop.api.registry.Deleter;
import theater.laptop.api.registry.Reader;
import theater.laptop.api.registry.Scale;
import theater.laptop.api.registry.WriteOptions;
import theater.laptop.api.registry.Writer;
import theater.laptop.api.selector.FieldSelector;
import theater.laptop.api.selector.LabelSelector;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectStore;
import theater.laptop.api.store.StoreEvent;
import theater.laptop.api.store.StoreWatch;

/// [KubeApi] for the API server's own process. Gives copies: callers may change what they get.
record StoreKubeApi(
    ObjectStore store, ServedKinds kinds, Reader reader, Writer writer, Deleter deleter)
    implements KubeApi {

  @Override
  public ObjectNode get(ResourceType type, String namespace, String name) {
    return answer(() -> reader.get(kind(type), type.version(), text(namespace), name).deepCopy());
  }

  @Override
  public ObjectList list(ResourceType type, String namespace, String labelSelector) {
    return answer(() -> {
      Kind kind = kind(type);
      ObjectStore.Listing found =
          reader.list(
              kind,
              type.version(),
              namespace,
              LabelSelector.parse(labelSelector),
              FieldSelector.parse(kind, null));
      return new ObjectList(
          Long.toString(found.resourceVersion()),
          found.items().stream().map(ObjectNode::deepCopy).toList());
    });
  }

  @Override
  public ObjectNode create(ResourceType type, ObjectNode object) {
    return answer(() ->
        writer
            .create(
                kind(type),
                type.version(),
                Json.namespace(object),
                Json.wired(object, ObjectNode.class),
                WriteOptions.QUIET)
            .deepCopy());
  }

  @Override
  public ObjectNode update(ResourceType type, ObjectNode object) {
    return update(type, object, "");
  }

  @Override
  public ObjectNode updateStatus(ResourceType type, ObjectNode object) {
    return update(type, object, "status");
  }

  private ObjectNode update(ResourceType type, ObjectNode object, String part) {
    return answer(() ->
        writer
            .update(
                kind(type),
                type.version(),
                Json.namespace(object),
                Json.name(object),
                part,
                Json.wired(object, ObjectNode.class),
                WriteOptions.QUIET)
            .deepCopy());
  }

  @Override
  public ObjectNode mergePatch(
      ResourceType type, String namespace, String name, String subresource, JsonNode patch) {
    JsonNode wired = Json.wired(patch, JsonNode.class);
    return answer(() -> {
      if ("scale".equals(subresource)) {
        return Scale.of(
            kind(type),
            writer.patch(
                kind(type),
                type.version(),
                text(namespace),
                name,
                "",
                now ->
                    Scale.onto(kind(type), now, MergePatch.apply(Scale.of(kind(type), now), wired)),
                WriteOptions.QUIET));
      }
      return writer
          .patch(
              kind(type),
              type.version(),
              text(namespace),
              name,
              text(subresource),
              now -> MergePatch.apply(now, wired),
              WriteOptions.QUIET)
          .deepCopy();
    });
  }

  @Override
  public void delete(
      ResourceType type, String namespace, String name, String uid, Integer gracePeriodSeconds) {
    answer(() ->
        deleter.delete(
            kind(type),
            text(namespace),
            name,
            new Deleter.Options("", gracePeriodSeconds, text(uid), "", false)));
  }

  @Override
  public Watch watch(
      ResourceType type,
      String namespace,
      String resourceVersion,
      Consumer<WatchEvent> events,
      Consumer<RuntimeException> ended) {
    Kind kind = kind(type);
    StoreWatch watch;
    try {
      watch = store.watch(kind.resource(), Long.parseLong(resourceVersion));
    } catch (StatusException e) {
      Thread.ofVirtual().name("watch " + type.plural()).start(() -> ended.accept(translated(e)));
      return () -> {};
    }
    Thread.ofVirtual()
        .name("watch " + type.plural())
        .start(() -> {
          RuntimeException why = null;
          try {
            follow(watch, kind, type.version(), namespace, events);
            why = watch.overrun() ? translated(StatusException.expired(0, 0)) : null;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            why = e;
          } finally {
            watch.close();
          }
          ended.accept(why);
        });
    return watch::close;
  }

  private static void follow(
      StoreWatch watch, Kind kind, String version, String namespace, Consumer<WatchEvent> events)
      throws InterruptedException {
    while (!watch.ended()) {
      StoreEvent event = watch.next(60_000);
      if (event == null
          || namespace != null && kind.namespaced() && !namespace.equals(event.key().namespace())) {
        continue;
      }
      WatchEvent.Type type =
          event.object() == null
              ? WatchEvent.Type.DELETED
              : event.previous() == null ? WatchEvent.Type.ADDED : WatchEvent.Type.MODIFIED;
      ObjectNode object = event.object() == null ? event.previous() : event.object();
      events.accept(new WatchEvent(type, Reader.as(kind, version, object).deepCopy()));
    }
  }

  private Kind kind(ResourceType type) {
    return kinds
        .byPath(type.apiVersion(), type.plural())
        .orElseThrow(() -> translated(StatusException.noSuchPath()));
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }

  private static KubeException translated(StatusException e) {
    return new KubeException(e.code(), e.reason(), e.getMessage());
  }

  private static <T> T answer(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusException e) {
      throw translated(e);
    }
  }
}
