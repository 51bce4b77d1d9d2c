package theater.kube.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.KubeTime;
import theater.kube.KubeUnavailableException;
import theater.kube.LabelSelector;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// Objects, resourceVersions, generations, finalizers, graceful deletion of pods, and watches, in
/// memory. It checks no schema and fills in no default. Can be [#unavailable] for a while.
public final class FakeKubeApi implements KubeApi {
  private record Id(ResourceType type, String namespace, String name) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      return toString().compareTo(other.toString());
    }
  }

  private record Change(long version, ResourceType type, WatchEvent event) {}

  private final Map<Id, ObjectNode> objects = new TreeMap<>();
  private final List<Change> history = new ArrayList<>();
  private final List<FakeWatch> watches = new ArrayList<>();
  private long version;
  private volatile boolean unavailable;

  /// While true, every call fails and all watches end.
  public void unavailable(boolean now) {
    unavailable = now;
    if (now) {
      List<FakeWatch> ended;
      synchronized (this) {
        ended = List.copyOf(watches);
        watches.clear();
      }
      ended.forEach(
          watch -> watch.end(new KubeUnavailableException("the fake is unavailable", null)));
    }
  }

  /// How many changes there were: for tests that count writes.
  public synchronized long changes() {
    return version;
  }

  /// The object, or empty.
  public synchronized Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
    return Optional.ofNullable(objects.get(id(type, namespace, name))).map(ObjectNode::deepCopy);
  }

  /// Waits for a condition on the objects, which is asked after every change. @return whether it
  /// came to hold
  public synchronized boolean await(BooleanSupplier condition, long seconds)
      throws InterruptedException {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(Math.min(millis, 100));
    }
    return true;
  }

  @Override
  public synchronized ObjectNode get(ResourceType type, String namespace, String name) {
    available();
    return present(id(type, namespace, name)).deepCopy();
  }

  @Override
  public synchronized ObjectList list(ResourceType type, String namespace, String labelSelector) {
    available();
    LabelSelector selector = LabelSelector.parse(labelSelector);
    List<ObjectNode> items = new ArrayList<>();
    objects.forEach((id, object) -> {
      if (id.type.equals(type)
          && (namespace == null || id.namespace.equals(namespace))
          && selector.matches(object)) {
        items.add(object.deepCopy());
      }
    });
    return new ObjectList(String.valueOf(version), items);
  }

  @Override
  public synchronized ObjectNode create(ResourceType type, ObjectNode object) {
    available();
    Id id = id(type, Meta.namespace(object), Meta.name(object));
    if (objects.containsKey(id)) {
      throw new KubeException(
          409, "AlreadyExists", type.plural() + " \"" + id.name + "\" already exists");
    }
    ObjectNode created = object.deepCopy();
    ObjectNode metadata = created.withObjectProperty("metadata");
    metadata
        .put("uid", UUID.randomUUID().toString())
        .put("creationTimestamp", KubeTime.text(Instant.now()))
        .put("generation", 1);
    return store(WatchEvent.Type.ADDED, id, created);
  }

  @Override
  public synchronized ObjectNode update(ResourceType type, ObjectNode object) {
    return replace(type, object, false);
  }

  @Override
  public synchronized ObjectNode updateStatus(ResourceType type, ObjectNode object) {
    return replace(type, object, true);
  }

  private ObjectNode replace(ResourceType type, ObjectNode object, boolean status) {
    available();
    Id id = id(type, Meta.namespace(object), Meta.name(object));
    ObjectNode before = present(id);
    if (!Meta.resourceVersion(object).isEmpty()
        && !Meta.resourceVersion(object).equals(Meta.resourceVersion(before))) {
      throw new KubeException(409, "Conflict", "the object has been modified: " + id);
    }
    ObjectNode next = status ? before.deepCopy() : object.deepCopy();
    next.set("status", (status ? object : before).path("status").deepCopy());
    return change(id, before, next);
  }

  @Override
  public synchronized ObjectNode mergePatch(
      ResourceType type, String namespace, String name, String subresource, JsonNode patch) {
    available();
    Id id = id(type, namespace, name);
    ObjectNode before = present(id);
    JsonNode uid = patch.path("metadata").path("uid");
    if (uid.isTextual() && !uid.asText().equals(Meta.uid(before))) {
      throw new KubeException(
          409, "Conflict", "uid is " + Meta.uid(before) + ", not " + uid.asText());
    }
    ObjectNode next = before.deepCopy();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      boolean status = field.getKey().equals("status");
      if (status == "status".equals(subresource) || field.getKey().equals("metadata")) {
        next.set(field.getKey(), merged(next.path(field.getKey()), field.getValue()));
      }
    }
    return change(id, before, next);
  }

  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch.deepCopy();
    }
    ObjectNode result =
        target.isObject()
            ? target.deepCopy()
            : com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else {
        result.set(field.getKey(), merged(result.path(field.getKey()), field.getValue()));
      }
    }
    return result;
  }

  private ObjectNode change(Id id, ObjectNode before, ObjectNode next) {
    if (next.equals(before)) {
      return before.deepCopy();
    }
    if (!next.path("spec").equals(before.path("spec"))) {
      next.withObjectProperty("metadata")
          .put("generation", before.path("metadata").path("generation").asLong() + 1);
    }
    boolean held =
        !next.path("metadata").path("finalizers").isEmpty()
            || !next.path("spec").path("finalizers").isEmpty();
    boolean pod = id.type.equals(ResourceTypes.POD);
    if (Meta.deleting(next) && !held && !pod) {
      return remove(id, next);
    }
    return store(WatchEvent.Type.MODIFIED, id, next);
  }

  @Override
  public synchronized void delete(
      ResourceType type, String namespace, String name, String uid, Integer gracePeriodSeconds) {
    available();
    Id id = id(type, namespace, name);
    ObjectNode before = present(id);
    if (uid != null && !uid.equals(Meta.uid(before))) {
      throw new KubeException(409, "Conflict", "uid is " + Meta.uid(before) + ", not " + uid);
    }
    boolean running =
        type.equals(ResourceTypes.POD)
            && !before.path("spec").path("nodeName").asText("").isEmpty();
    long grace =
        gracePeriodSeconds == null
            ? before.path("spec").path("terminationGracePeriodSeconds").asLong(30)
            : gracePeriodSeconds;
    boolean held =
        !before.path("metadata").path("finalizers").isEmpty()
            || !before.path("spec").path("finalizers").isEmpty();
    if (!held && (!running || grace == 0)) {
      remove(id, before.deepCopy());
    } else if (!Meta.deleting(before)) {
      ObjectNode next = before.deepCopy();
      ObjectNode metadata =
          next.withObjectProperty("metadata")
              .put(
                  "deletionTimestamp",
                  KubeTime.text(Instant.now().plusSeconds(running ? grace : 0)));
      metadata.put("deletionGracePeriodSeconds", running ? grace : 0);
      store(WatchEvent.Type.MODIFIED, id, next);
    }
  }

  private ObjectNode remove(Id id, ObjectNode object) {
    objects.remove(id);
    tell(WatchEvent.Type.DELETED, id.type, object);
    return object;
  }

  private ObjectNode store(WatchEvent.Type type, Id id, ObjectNode object) {
    tell(type, id.type, object);
    objects.put(id, object);
    return object.deepCopy();
  }

  private void tell(WatchEvent.Type type, ResourceType kind, ObjectNode object) {
    object.withObjectProperty("metadata").put("resourceVersion", String.valueOf(++version));
    Change change = new Change(version, kind, new WatchEvent(type, object.deepCopy()));
    history.add(change);
    watches.forEach(watch -> watch.offer(kind, change.event));
    notifyAll();
  }

  @Override
  public synchronized Watch watch(
      ResourceType type,
      String namespace,
      String resourceVersion,
      Consumer<WatchEvent> events,
      Consumer<RuntimeException> ended) {
    available();
    FakeWatch watch = new FakeWatch(type, namespace, events, ended, this::forget);
    for (Change change : history) {
      if (change.version > Long.parseLong(resourceVersion)) {
        watch.offer(change.type, change.event);
      }
    }
    watches.add(watch);
    return watch;
  }

  private synchronized void forget(FakeWatch watch) {
    watches.remove(watch);
  }

  private void available() {
    if (unavailable) {
      throw new KubeUnavailableException("the fake is unavailable", null);
    }
  }

  private ObjectNode present(Id id) {
    ObjectNode object = objects.get(id);
    if (object == null) {
      throw new KubeException(404, "NotFound", id.type.plural() + " \"" + id.name + "\" not found");
    }
    return object;
  }

  private static Id id(ResourceType type, String namespace, String name) {
    return new Id(type, type.namespaced() ? namespace : "", name);
  }
}
