package theater.laptop.api.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.definition.Definitions;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectStore;

/// Delete. Finalizers, a pod's grace period and a namespace's content delay the end; whoever takes
/// the last of them away ends it.
public record Deleter(ObjectStore store) {

  private static final List<String> IMMORTAL = List.of("default", "kube-system", "kube-public");

  /// metav1.DeleteOptions.
  ///
  /// @param propagation `Background`, `Foreground`, `Orphan`; empty is Background
  /// @param grace seconds; null for the default
  /// @param uid precondition, empty for none
  /// @param resourceVersion precondition, empty for none
  public record Options(
      String propagation, Integer grace, String uid, String resourceVersion, boolean dryRun) {
    public static final Options PLAIN = new Options("", null, "", "", false);
  }

  /// What became of it.
  ///
  /// @param object as it is now, or was last
  /// @param gone false when it waits for finalizers, its grace period or its content
  public record Outcome(ObjectNode object, boolean gone) {}

  /// @throws StatusException 404, or 409 when a precondition does not hold
  public Outcome delete(Kind kind, String namespace, String name, Options options) {
    while (true) {
      ObjectNode current = store.get(Reader.key(kind, namespace, name));
      if (current == null) {
        throw StatusException.notFound(kind, name);
      }
      check(kind, current, options);
      ObjectNode next = marked(kind, current, options);
      boolean end = finished(kind, next);
      if (options.dryRun()) {
        return new Outcome(next, end);
      }
      if (!end && next.equals(current)) {
        return new Outcome(current, false);
      }
      ObjectNode written =
          end
              ? store.remove(Reader.key(kind, namespace, name), current)
              : store.write(Reader.key(kind, namespace, name), current, next);
      if (written != null) {
        return new Outcome(written, end);
      }
    }
  }

  private static void check(Kind kind, ObjectNode current, Options options) {
    if (kind.is("apiextensions.k8s.io", "customresourcedefinitions")
        && Definitions.builtIn(Json.name(current)).isPresent()) {
      throw StatusException.forbidden(
          kind, Json.name(current), "this kind is built into the server and stays");
    }
    if (kind.is("", "namespaces") && IMMORTAL.contains(Json.name(current))) {
      throw StatusException.forbidden(
          kind, Json.name(current), "this namespace may not be deleted");
    }
    Kept.sameUid(kind, current, options.uid());
    String version = Json.text(current, "metadata", "resourceVersion");
    if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(version)) {
      throw StatusException.conflict(
          kind,
          Json.name(current),
          "Precondition failed: ResourceVersion in precondition: "
              + options.resourceVersion()
              + ", ResourceVersion in object meta: "
              + version);
    }
  }

  /// The object with its deletion noted.
  private static ObjectNode marked(Kind kind, ObjectNode current, Options options) {
    ObjectNode next = current.deepCopy();
    ObjectNode metadata = Json.metadata(next);
    boolean first = !metadata.has("deletionTimestamp");
    long grace = kind.is("", "pods") ? grace(current, options) : 0;
    if (first) {
      metadata.put(
          "deletionTimestamp",
          java.time.Instant.now()
              .plusSeconds(grace)
              .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
              .toString());
      if (kind.has("generation")) {
        metadata.put("generation", metadata.path("generation").asInt() + 1);
      }
    }
    if (first
        || options.grace() != null
            && grace < metadata.path("deletionGracePeriodSeconds").asLong(Long.MAX_VALUE)) {
      metadata.put("deletionGracePeriodSeconds", (int) grace);
    }
    if (first && kind.is("apiextensions.k8s.io", "customresourcedefinitions")) {
      Definitions.terminating(next);
    }
    if (first && options.propagation().equals("Foreground")) {
      finalizer(metadata, "foregroundDeletion");
    } else if (first && options.propagation().equals("Orphan")) {
      finalizer(metadata, "orphan");
    }
    if (kind.is("", "namespaces")) {
      Json.child(next, "status").put("phase", "Terminating");
    }
    return next;
  }

  private static long grace(ObjectNode pod, Options options) {
    String phase = Json.text(pod, "status", "phase");
    if (Json.text(pod, "spec", "nodeName").isEmpty()
        || phase.equals("Succeeded")
        || phase.equals("Failed")) {
      return 0;
    }
    return options.grace() != null
        ? Math.max(0, options.grace())
        : pod.path("spec").path("terminationGracePeriodSeconds").asLong(30);
  }

  private static void finalizer(ObjectNode metadata, String name) {
    ArrayNode finalizers =
        metadata.get("finalizers") instanceof ArrayNode array
            ? array
            : metadata.putArray("finalizers");
    finalizers.add(name);
  }

  /// Whether nothing holds a deleted object any more.
  static boolean finished(Kind kind, ObjectNode object) {
    ObjectNode metadata = Json.metadata(object);
    return metadata.has("deletionTimestamp")
        && metadata.path("finalizers").isEmpty()
        && (!kind.is("", "namespaces") || object.path("spec").path("finalizers").isEmpty())
        && (!kind.is("", "pods") || metadata.path("deletionGracePeriodSeconds").asLong() == 0);
  }
}
