package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import theater.kube.KubeApi;
import theater.kube.Meta;
import theater.kube.ResourceType;

/// What is owned goes with its last owner (Kubernetes: garbage collection; background, foreground,
/// orphan).
///
/// Its work keys are `TYPE PLURAL.GROUP` as controller-wide names: see [#name].
final class GarbageCollector implements WorkQueue.Reconciler {
  private static final String FOREGROUND = "foregroundDeletion";
  private static final String ORPHAN = "orphan";
  private final KubeApi api;
  private final Map<String, ResourceType> types = new ConcurrentHashMap<>();
  private final Map<String, Set<Dependent>> dependents = new ConcurrentHashMap<>();

  /// An object that has owners.
  record Dependent(ResourceType type, String namespace, String name) {}

  GarbageCollector(KubeApi api) {
    this.api = api;
  }

  void serve(ResourceType type) {
    types.put(type.apiVersion() + "/" + type.kind(), type);
  }

  /// The name of a work key: type and name in one.
  static String name(ResourceType type, String name) {
    return type.apiVersion() + "/" + type.kind() + "|" + name;
  }

  /// Remembers who owns it. @return whether anything is to be looked at
  boolean seen(ResourceType type, JsonNode object) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      dependents
          .computeIfAbsent(owner.path("uid").asText(), uid -> ConcurrentHashMap.newKeySet())
          .add(new Dependent(type, Meta.namespace(object), Meta.name(object)));
    }
    return !object.path("metadata").path("ownerReferences").isEmpty()
        || (Meta.deleting(object) && !object.path("metadata").path("finalizers").isEmpty());
  }

  /// Who was owned by an object that is gone.
  Set<Dependent> orphaned(JsonNode object) {
    Set<Dependent> owned = dependents.remove(Meta.uid(object));
    return owned == null ? Set.of() : new HashSet<>(owned);
  }

  @Override
  public Duration reconcile(WorkQueue.Key key) {
    int bar = key.name().indexOf('|');
    ResourceType type = types.get(key.name().substring(0, bar));
    ObjectNode object =
        Found.get(api, type, key.namespace(), key.name().substring(bar + 1)).orElse(null);
    if (object == null) {
      return null;
    }
    if (Meta.deleting(object)) {
      return finish(type, object);
    }
    collect(type, object);
    return null;
  }

  private void collect(ResourceType type, ObjectNode object) {
    JsonNode owners = object.path("metadata").path("ownerReferences");
    ArrayNode living = JsonNodeFactory.instance.arrayNode();
    boolean waited = false;
    for (JsonNode reference : owners) {
      Optional<ObjectNode> owner = owner(reference, object);
      if (owner.isEmpty()) {
        continue;
      }
      boolean waits =
          Meta.deleting(owner.get())
              && finalizers(owner.get()).contains(FOREGROUND)
              && reference.path("blockOwnerDeletion").asBoolean();
      if (waits) {
        waited = true;
      } else {
        living.add(reference);
      }
    }
    if (owners.isEmpty() || living.size() == owners.size()) {
      return;
    }
    if (living.isEmpty()) {
      Found.delete(api, type, object);
    } else if (!waited) {
      own(type, object, living);
    }
  }

  /// The owner, if it is the one that is meant. A kind that is not served counts as present: better
  /// kept than lost.
  private Optional<ObjectNode> owner(JsonNode reference, ObjectNode object) {
    ResourceType type =
        types.get(reference.path("apiVersion").asText() + "/" + reference.path("kind").asText());
    if (type == null) {
      return Optional.of(JsonNodeFactory.instance.objectNode());
    }
    return Found.get(
            api,
            type,
            type.namespaced() ? Meta.namespace(object) : "",
            reference.path("name").asText())
        .filter(owner -> Meta.uid(owner).equals(reference.path("uid").asText()));
  }

  private Duration finish(ResourceType type, ObjectNode object) {
    List<String> finalizers = finalizers(object);
    if (finalizers.contains(ORPHAN)) {
      for (Dependent each : owned(object)) {
        Found.get(api, each.type(), each.namespace(), each.name())
            .ifPresent(
                dependent -> own(each.type(), dependent, without(dependent, Meta.uid(object))));
      }
      release(type, object, ORPHAN);
    } else if (finalizers.contains(FOREGROUND)) {
      boolean left = false;
      for (Dependent each : owned(object)) {
        ObjectNode dependent =
            Found.get(api, each.type(), each.namespace(), each.name()).orElse(null);
        if (dependent != null
            && without(dependent, Meta.uid(object)).size()
                < dependent.path("metadata").path("ownerReferences").size()) {
          left = true;
          if (!Meta.deleting(dependent)) {
            collect(each.type(), dependent);
          }
        }
      }
      if (left) {
        return Duration.ofMillis(100);
      }
      release(type, object, FOREGROUND);
    }
    return null;
  }

  private Set<Dependent> owned(JsonNode object) {
    return dependents.getOrDefault(Meta.uid(object), Set.of());
  }

  private static ArrayNode without(JsonNode object, String uid) {
    ArrayNode others = JsonNodeFactory.instance.arrayNode();
    for (JsonNode reference : object.path("metadata").path("ownerReferences")) {
      if (!reference.path("uid").asText().equals(uid)) {
        others.add(reference);
      }
    }
    return others;
  }

  private void own(ResourceType type, JsonNode object, ArrayNode owners) {
    patch(type, object, "ownerReferences", owners);
  }

  private void release(ResourceType type, ObjectNode object, String finalizer) {
    ArrayNode others = JsonNodeFactory.instance.arrayNode();
    finalizers(object).stream().filter(each -> !each.equals(finalizer)).forEach(others::add);
    patch(type, object, "finalizers", others);
  }

  private void patch(ResourceType type, JsonNode object, String field, ArrayNode value) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    // A list without members is no field at all.
    patch
        .putObject("metadata")
        .put("uid", Meta.uid(object))
        .set(field, value.isEmpty() ? JsonNodeFactory.instance.nullNode() : value);
    api.mergePatch(
        type, type.namespaced() ? Meta.namespace(object) : null, Meta.name(object), null, patch);
  }

  private static List<String> finalizers(JsonNode object) {
    List<String> finalizers = new ArrayList<>();
    object.path("metadata").path("finalizers").forEach(each -> finalizers.add(each.asText()));
    return finalizers;
  }
}
