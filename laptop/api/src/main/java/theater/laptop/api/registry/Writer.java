package theater.laptop.api.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import theater.laptop.api.admission.AdmissionChain;
import theater.laptop.api.admission.GeneratedName;
import theater.laptop.api.fields.FieldManagers;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.schema.FieldDecoder;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;

/// Create, update and patch.
public final class Writer {
  private final ObjectStore store;
  private final Incoming incoming;
  private final AdmissionChain admission;
  private final FieldManagers managers;

  public Writer(
      ObjectStore store, FieldDecoder decoder, AdmissionChain admission, FieldManagers managers) {
    this.store = store;
    this.incoming = new Incoming(decoder);
    this.admission = admission;
    this.managers = managers;
  }

  /// @param namespace of the path; empty for none
  /// @throws StatusException 400, 403, 404, 409, 422
  public ObjectNode create(
      Kind kind, String version, String namespace, ObjectNode body, WriteOptions options) {
    ObjectNode object = incoming.decoded(kind, version, namespace, body, options);
    Json.metadata(object).remove("managedFields");
    return create(
        kind,
        version,
        object,
        options,
        made -> managers.updated(kind, version, null, made, options.manager(), ""));
  }

  private ObjectNode create(
      Kind kind,
      String version,
      ObjectNode object,
      WriteOptions options,
      Consumer<ObjectNode> owned) {
    ObjectNode metadata = Json.metadata(object);
    if (!Json.text(metadata, "resourceVersion").isEmpty()) {
      throw StatusException.badRequest(
          "resourceVersion should not be set on objects to be created");
    }
    String generate = Json.text(metadata, "generateName");
    if (Json.name(object).isEmpty() && !generate.isEmpty()) {
      metadata.put("name", GeneratedName.of(generate));
    }
    metadata.remove(
        List.of("deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generation"));
    metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now());
    if (kind.has("generation")) {
      metadata.put("generation", 1);
    }
    if (kind.has("status")
        && (kind.isCustom()
            || !List.of("Namespace", "Node", "Pod", "PersistentVolume").contains(kind.kind()))) {
      object.remove("status");
    }
    if (!kind.isCustom() && kind.has("status")) {
      Json.child(object, "status");
    }
    admission.namespace(kind, object);
    if (kind.learned() && kind.custom().definition().terminating()) {
      throw new StatusException(
          405,
          "MethodNotAllowed",
          "create not allowed while custom resource definition is terminating",
          null);
    }
    ReentrantLock lock = admission.lock(kind);
    if (lock != null) {
      lock.lock();
    }
    try {
      admission.admit(kind, version, object, null).forEach(options.warnings());
      owned.accept(object);
      ObjectKey key = Reader.key(kind, Json.namespace(object), Json.name(object));
      store(kind, object);
      ObjectNode written =
          options.dryRun()
              ? store.get(key) == null ? object : null
              : store.write(key, null, object);
      if (written == null) {
        throw StatusException.alreadyExists(kind, Json.name(object));
      }
      return Reader.as(kind, version, written);
    } finally {
      if (lock != null) {
        lock.unlock();
      }
    }
  }

  /// @param subresource empty or `status`
  public ObjectNode update(
      Kind kind,
      String version,
      String namespace,
      String name,
      String subresource,
      ObjectNode body,
      WriteOptions options) {
    ObjectNode object = incoming.decoded(kind, version, namespace, body, options);
    Incoming.sameName(object, name);
    return change(
        kind,
        version,
        namespace,
        name,
        subresource,
        _ -> object.deepCopy(),
        options,
        owned(kind, version, subresource, options));
  }

  /// Server-side apply: what a manager wants of an object, and only that. Makes it when it is not
  /// there.
  ///
  /// @param force takes fields from other managers
  /// @return whether it was made, and the object
  /// @throws StatusException 409 with each field that another manager has with another value
  public Applied apply(
      Kind kind,
      String version,
      String namespace,
      String name,
      ObjectNode body,
      boolean force,
      WriteOptions options) {
    ObjectNode wanted = incoming.decoded(kind, version, namespace, body, options);
    Incoming.sameName(wanted, name);
    Function<ObjectNode, ObjectNode> merge =
        live -> managers.applied(kind, version, live, wanted, options.manager(), force);
    while (true) {
      try {
        if (store.get(Reader.key(kind, namespace, name)) == null) {
          return new Applied(true, create(kind, version, merge.apply(null), options, _ -> {}));
        }
        return new Applied(
            false,
            change(
                kind,
                version,
                namespace,
                name,
                "",
                current -> merge.apply(Reader.as(kind, version, current)),
                options,
                (_, _) -> {}));
      } catch (StatusException e) {
        if (!List.of("AlreadyExists", "NotFound").contains(e.reason())) {
          throw e;
        }
      }
    }
  }

  /// @param made false when it was there before
  public record Applied(boolean made, ObjectNode object) {}

  private BiConsumer<ObjectNode, ObjectNode> owned(
      Kind kind, String version, String subresource, WriteOptions options) {
    return subresource.equals("status") && options.manager().isEmpty()
        ? (_, _) -> {}
        : (before, after) ->
            managers.updated(kind, version, before, after, options.manager(), subresource);
  }

  /// Applies a function to the newest state, again when somebody else was quicker, unless the
  /// result names a resourceVersion.
  ///
  /// @param patch gets an object that it must not change
  public ObjectNode patch(
      Kind kind,
      String version,
      String namespace,
      String name,
      String subresource,
      Function<ObjectNode, JsonNode> patch,
      WriteOptions options) {
    return change(
        kind,
        version,
        namespace,
        name,
        subresource,
        current -> {
          JsonNode patched = patch.apply(Reader.as(kind, version, current));
          if (!(patched instanceof ObjectNode object)) {
            throw StatusException.badRequest(
                "the patched object is " + patched.getNodeType() + "; expected an object");
          }
          return incoming.decoded(kind, version, namespace, object, options);
        },
        options,
        owned(kind, version, subresource, options));
  }

  private ObjectNode change(
      Kind kind,
      String version,
      String namespace,
      String name,
      String subresource,
      Function<ObjectNode, ObjectNode> make,
      WriteOptions options,
      BiConsumer<ObjectNode, ObjectNode> owned) {
    ObjectKey key = Reader.key(kind, namespace, name);
    ReentrantLock lock = admission.lock(kind);
    if (lock != null) {
      lock.lock();
    }
    try {
      while (true) {
        ObjectNode current = store.get(key);
        if (current == null) {
          throw StatusException.notFound(kind, name);
        }
        ObjectNode object = make.apply(current);
        String given = Json.text(object, "metadata", "resourceVersion");
        if (!given.isEmpty() && !given.equals(Json.text(current, "metadata", "resourceVersion"))) {
          throw StatusException.modified(kind, name);
        }
        ObjectNode next =
            subresource.equals("status")
                ? withStatus(kind, version, current, object)
                : merged(kind, version, current, object, options);
        owned.accept(current, next);
        if (options.dryRun() || next.equals(current)) {
          return Reader.as(kind, version, next);
        }
        ObjectNode written =
            Deleter.finished(kind, next)
                ? store.remove(key, current)
                : store.write(key, current, next);
        if (written != null) {
          return Reader.as(kind, version, written);
        }
      }
    } finally {
      if (lock != null) {
        lock.unlock();
      }
    }
  }

  private ObjectNode withStatus(Kind kind, String version, ObjectNode current, ObjectNode object) {
    ObjectNode next = current.deepCopy();
    Kept.annotated(kind, object, next);
    next.set("status", object.has("status") ? object.get("status") : Json.object());
    if (kind.learned()) {
      admission.custom(kind, version, next);
    }
    return next;
  }

  private ObjectNode merged(
      Kind kind, String version, ObjectNode current, ObjectNode next, WriteOptions options) {
    ObjectNode metadata = Json.metadata(next);
    ObjectNode before = Json.metadata(current);
    if (!metadata.has("managedFields") && before.has("managedFields")) {
      metadata.set("managedFields", before.get("managedFields").deepCopy());
    }
    Kept.sameUid(kind, current, Json.text(metadata, "uid"));
    Kept.keep(kind, current, next);
    admission.admit(kind, version, next, current).forEach(options.warnings());
    store(kind, next);
    if (kind.has("generation") && Kept.changed(kind, current, next)) {
      metadata.put("generation", before.path("generation").asInt(0) + 1);
    }
    return next;
  }

  private static void store(Kind kind, ObjectNode object) {
    object.put("apiVersion", kind.storageVersion()).put("kind", kind.kind());
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
