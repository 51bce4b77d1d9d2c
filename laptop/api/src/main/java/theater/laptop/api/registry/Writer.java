package theater.laptop.api.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import theater.laptop.api.admission.AdmissionChain;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.schema.FieldDecoder;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;

/// Create, update and patch.
public final class Writer {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private final SecureRandom random = new SecureRandom();
  private final ObjectStore store;
  private final FieldDecoder decoder;
  private final AdmissionChain admission;

  public Writer(ObjectStore store, FieldDecoder decoder, AdmissionChain admission) {
    this.store = store;
    this.decoder = decoder;
    this.admission = admission;
  }

  /// @param namespace of the path; empty for none
  /// @throws StatusException 400, 403, 404, 409, 422
  public ObjectNode create(
      Kind kind, String version, String namespace, ObjectNode body, WriteOptions options) {
    ObjectNode object = decoded(kind, version, namespace, body, options);
    ObjectNode metadata = Json.metadata(object);
    if (!Json.text(metadata, "resourceVersion").isEmpty()) {
      throw StatusException.badRequest(
          "resourceVersion should not be set on objects to be created");
    }
    String generate = Json.text(metadata, "generateName");
    if (Json.name(object).isEmpty() && !generate.isEmpty()) {
      metadata.put(
          "name", (generate.length() > 58 ? generate.substring(0, 58) : generate) + suffix());
    }
    metadata.remove(
        List.of("deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generation"));
    metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now());
    if (kind.has("generation")) {
      metadata.put("generation", 1);
    }
    if (kind.has("status")
        && (kind.custom()
            || !List.of("Namespace", "Node", "Pod", "PersistentVolume").contains(kind.kind()))) {
      object.remove("status");
    }
    if (!kind.custom() && kind.has("status")) {
      Json.child(object, "status");
    }
    admission.namespace(kind, object);
    ReentrantLock lock = admission.lock(kind);
    if (lock != null) {
      lock.lock();
    }
    try {
      admission.admit(kind, version, object, null).forEach(options.warnings());
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
    ObjectNode object = decoded(kind, version, namespace, body, options);
    if (!name.equals(Json.name(object))) {
      throw StatusException.badRequest(
          "the name of the object ("
              + Json.name(object)
              + ") does not match the name on the URL ("
              + name
              + ")");
    }
    return change(kind, version, namespace, name, subresource, _ -> object.deepCopy(), options);
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
          return decoded(kind, version, namespace, object, options);
        },
        options);
  }

  private ObjectNode change(
      Kind kind,
      String version,
      String namespace,
      String name,
      String subresource,
      Function<ObjectNode, ObjectNode> make,
      WriteOptions options) {
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
                ? withStatus(current, object)
                : merged(kind, version, current, object, options);
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

  private static ObjectNode withStatus(ObjectNode current, ObjectNode object) {
    ObjectNode next = current.deepCopy();
    next.set("status", object.has("status") ? object.get("status") : Json.object());
    return next;
  }

  private ObjectNode merged(
      Kind kind, String version, ObjectNode current, ObjectNode next, WriteOptions options) {
    ObjectNode metadata = Json.metadata(next);
    ObjectNode before = Json.metadata(current);
    String uid = Json.text(metadata, "uid");
    if (!uid.isEmpty() && !uid.equals(Json.text(before, "uid"))) {
      throw StatusException.conflict(
          kind,
          Json.name(current),
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + Json.text(before, "uid"));
    }
    Kept.keep(kind, current, next);
    admission.admit(kind, version, next, current).forEach(options.warnings());
    store(kind, next);
    if (kind.has("generation") && !Kept.content(next).equals(Kept.content(current))) {
      metadata.put("generation", before.path("generation").asInt(0) + 1);
    }
    return next;
  }

  private ObjectNode decoded(
      Kind kind, String version, String namespace, ObjectNode body, WriteOptions options) {
    ObjectNode object = body.deepCopy();
    String apiVersion = Json.text(object, "apiVersion");
    String given = Json.text(object, "kind");
    if (!apiVersion.isEmpty() && !apiVersion.equals(kind.apiVersion(version))
        || !given.isEmpty() && !given.equals(kind.kind())) {
      throw StatusException.badRequest(
          given
              + " in version \""
              + apiVersion
              + "\" cannot be handled as a "
              + kind.kind()
              + ": the path is for "
              + kind.kind()
              + " in version \""
              + kind.apiVersion(version)
              + "\"");
    }
    decoder.decode(kind, version, object, options.strictness()).forEach(options.warnings());
    ObjectNode metadata = Json.metadata(object);
    metadata.remove("managedFields");
    if (kind.namespaced()) {
      String own = Json.text(metadata, "namespace");
      if (!own.isEmpty() && !own.equals(namespace)) {
        throw StatusException.badRequest(
            "the namespace of the provided object does not match the namespace sent on the request");
      }
      metadata.put("namespace", namespace);
    } else {
      metadata.remove("namespace");
    }
    return object;
  }

  private static void store(Kind kind, ObjectNode object) {
    object.put("apiVersion", kind.storageVersion()).put("kind", kind.kind());
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private String suffix() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
