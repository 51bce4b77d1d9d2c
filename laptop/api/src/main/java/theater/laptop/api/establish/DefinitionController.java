package theater.laptop.api.establish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import theater.laptop.api.custom.CustomDefinition;
import theater.laptop.api.custom.CustomVersion;
import theater.laptop.api.definition.Definitions;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.kind.ServedKinds;
import theater.laptop.api.registry.Deleter;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;
import theater.laptop.api.store.StoreWatch;

/// Follows the CustomResourceDefinitions of a server: serves what they define, tells so in their
/// conditions, and deletes the objects of those that go.
public final class DefinitionController implements AutoCloseable {
  private static final Logger LOG = System.getLogger(DefinitionController.class.getName());
  private static final long PAUSE = 200;
  private static final long IDLE = 60_000;
  private final ObjectStore store;
  private final ServedKinds kinds;
  private final Deleter deleter;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final StoreWatch watch;
  private List<Kind> served = List.of();

  /// Serves at once what is defined already.
  public DefinitionController(ObjectStore store, ServedKinds kinds) {
    this.store = store;
    this.kinds = kinds;
    this.deleter = new Deleter(store);
    this.watch = store.watch(Definitions.KIND.resource(), store.resourceVersion());
    reconcile();
  }

  public DefinitionController start() {
    Thread.ofVirtual().name("definitions").start(this::follow);
    return this;
  }

  /// Called whenever other kinds are served than before.
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  private void follow() {
    boolean waiting = false;
    try {
      while (!watch.ended()) {
        if (watch.next(waiting ? PAUSE : IDLE) != null || waiting) {
          waiting = tried();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean tried() {
    try {
      return reconcile();
    } catch (RuntimeException e) {
      if (!watch.ended()) {
        LOG.log(Level.WARNING, "the definitions could not be followed; another try comes", e);
      }
      return true;
    }
  }

  /// @return whether to look again soon
  private boolean reconcile() {
    Map<String, ObjectNode> now = new LinkedHashMap<>();
    List<ObjectNode> stored =
        new ArrayList<>(store.list(Definitions.KIND.resource(), null).items());
    // Who is established keeps its names; among the others the oldest comes first.
    stored.sort(
        Comparator.<ObjectNode, Boolean>comparing(each -> !Definitions.holds(each, "Established"))
            .thenComparing(each -> Json.text(each, "metadata", "creationTimestamp"))
            .thenComparing(each -> Json.text(each, "metadata", "resourceVersion").length())
            .thenComparing(each -> Json.text(each, "metadata", "resourceVersion")));
    stored.forEach(object -> now.put(Json.name(object), object.deepCopy()));
    now.values().forEach(object -> AcceptedNames.settle(object, now.values()));
    serve(now.values());
    boolean again = false;
    for (ObjectNode before : stored) {
      ObjectNode next = now.get(Json.name(before));
      if (Json.metadata(next).has("deletionTimestamp")) {
        again |= finish(before, next);
      } else if (!next.equals(before)) {
        again |= store.write(key(next), before, next) == null;
      }
    }
    return again;
  }

  private void serve(Iterable<ObjectNode> definitions) {
    List<Kind> next = new ArrayList<>();
    for (ObjectNode object : definitions) {
      if (Definitions.holds(object, "Established")
          && Definitions.builtIn(Json.name(object)).isEmpty()) {
        CustomDefinition.versions(object).stream()
            .sorted(Comparator.comparing(CustomVersion::name, ServedKinds.PREFERRED))
            .map(Kind::of)
            .forEach(next::add);
      }
    }
    if (!next.equals(served)) {
      served = next;
      kinds.define(next);
      listeners.forEach(Runnable::run);
    }
  }

  /// Deletes the objects, then lets the definition go. @return whether some are left
  private boolean finish(ObjectNode before, ObjectNode next) {
    if (!finalizers(next).contains(Definitions.CLEANUP)) {
      return false;
    }
    List<Kind> own =
        served.stream()
            .filter(kind -> kind.custom().definition().name().equals(Json.name(next)))
            .toList();
    if (!own.isEmpty()) {
      Kind kind = own.getFirst();
      for (ObjectNode object : store.list(kind.resource(), null).items()) {
        delete(kind, object);
      }
      if (!store.list(kind.resource(), null).items().isEmpty()) {
        Definitions.condition(
            next,
            "Terminating",
            true,
            "InstanceDeletionInProgress",
            "CustomResource deletion is in progress");
        if (!next.equals(before)) {
          store.write(key(next), before, next);
        }
        return true;
      }
    }
    ArrayNode left = Json.metadata(next).putArray("finalizers");
    finalizers(before).stream()
        .filter(each -> !each.equals(Definitions.CLEANUP))
        .forEach(left::add);
    Definitions.condition(
        next, "Terminating", false, "InstanceDeletionCompleted", "removed all instances");
    ObjectNode written =
        left.isEmpty() ? store.remove(key(next), before) : store.write(key(next), before, next);
    return written == null;
  }

  private void delete(Kind kind, ObjectNode object) {
    if (object.path("metadata").has("deletionTimestamp")) {
      return;
    }
    try {
      deleter.delete(kind, Json.namespace(object), Json.name(object), Deleter.Options.PLAIN);
    } catch (StatusException e) {
      if (e.code() != 404) {
        throw e;
      }
    }
  }

  private static List<String> finalizers(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.path("metadata").path("finalizers").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static ObjectKey key(ObjectNode object) {
    return new ObjectKey(Definitions.KIND.resource(), "", Json.name(object));
  }

  @Override
  public void close() {
    watch.close();
  }
}
