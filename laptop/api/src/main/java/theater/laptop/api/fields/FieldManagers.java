package theater.laptop.api.fields;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.status.StatusException;
import theater.laptop.schemas.Schemas;
import theater.laptop.schemas.Type;

/// Keeps the owners of fields, and merges what `kubectl apply --server-side` sends. Writes of the
/// platform's own controllers have no owner, so nobody conflicts with them.
public final class FieldManagers {
  private static final List<String> NOT_OWNED =
      List.of(
          "name",
          "namespace",
          "uid",
          "creationTimestamp",
          "generation",
          "resourceVersion",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields",
          "selfLink",
          "generateName");
  private final Schemas schemas;
  private final Structure structure = new Structure();

  public FieldManagers(Schemas schemas) {
    this.schemas = schemas;
  }

  /// Notes a create or update.
  ///
  /// @param before null for a create
  /// @param after gets its `metadata.managedFields`; those that it has count as the owners so far
  /// @param manager empty: nobody
  /// @param subresource empty or `status`
  public void updated(
      Kind kind,
      String version,
      ObjectNode before,
      ObjectNode after,
      String manager,
      String subresource) {
    ManagedFields owners = ManagedFields.of(after);
    if (manager.isEmpty() && owners.entries().isEmpty()) {
      return;
    }
    Structure.Part now = part(kind, version, after);
    Structure.Part then = before == null ? null : part(kind, version, before);
    FieldSet changed = then == null ? structure.places(now) : structure.changed(then, now);
    FieldSet gone =
        then == null ? FieldSet.EMPTY : structure.places(then).without(structure.places(now));
    if (changed.isEmpty() && gone.isEmpty()) {
      owners.writeTo(after);
      return;
    }
    owners = owners.taken(gone, "", "", "").taken(changed, manager, "Update", subresource);
    if (!manager.isEmpty()) {
      FieldSet mine = owners.of(manager, "Update", subresource).without(gone).and(changed);
      owners =
          owners.with(
              new ManagedFields.Entry(
                  manager, "Update", kind.apiVersion(version), subresource, now(), mine));
    }
    owners.writeTo(after);
  }

  /// The object as it is after an apply.
  ///
  /// @param live null when there is none yet
  /// @param applied what the manager wants, and only that
  /// @param force takes fields from others instead of refusing
  /// @throws StatusException 409 with each field that another manager has with another value
  public ObjectNode applied(
      Kind kind,
      String version,
      ObjectNode live,
      ObjectNode applied,
      String manager,
      boolean force) {
    ObjectNode wanted = applied.deepCopy();
    Json.metadata(wanted).remove(List.of("managedFields", "resourceVersion", "uid"));
    Structure.Part over = part(kind, version, wanted);
    FieldSet mine = structure.places(over);
    ManagedFields owners = live == null ? new ManagedFields(List.of()) : ManagedFields.of(live);
    ObjectNode result = wanted;
    if (live != null) {
      Structure.Part then = part(kind, version, live);
      FieldSet changed = structure.changed(then, over).shared(mine);
      Map<ManagedFields.Entry, FieldSet> conflicts = new LinkedHashMap<>();
      for (ManagedFields.Entry entry : owners.entries()) {
        FieldSet same = entry.fields().shared(changed);
        if (!entry.is(manager, "Apply", "") && !same.isEmpty()) {
          conflicts.put(entry, same);
        }
      }
      if (!conflicts.isEmpty() && !force) {
        throw conflict(conflicts);
      }
      owners = owners.taken(changed, manager, "Apply", "");
      FieldSet dropped = owners.of(manager, "Apply", "").without(mine);
      for (ManagedFields.Entry entry : owners.entries()) {
        if (!entry.is(manager, "Apply", "")) {
          dropped = dropped.without(entry.fields());
        }
      }
      Shape shape = shape(kind, version);
      ObjectNode merged =
          (ObjectNode)
              structure.merged(new Structure.Part(live, shape), new Structure.Part(wanted, shape));
      result = (ObjectNode) structure.without(new Structure.Part(merged, shape), dropped);
      result = result.deepCopy();
    }
    owners =
        owners.with(
            new ManagedFields.Entry(manager, "Apply", kind.apiVersion(version), "", now(), mine));
    owners.writeTo(result);
    return result;
  }

  private Shape shape(Kind kind, String version) {
    if (kind.learned()) {
      return new Shape.Learned(
          new Shape.Model(schemas, new Type.Ref("ObjectMeta"), null),
          new Shape.Structural(kind.custom().schema()));
    }
    return schemas
        .kind(kind.apiVersion(version), kind.kind())
        .<Shape>map(schema -> new Shape.Model(schemas, new Type.Ref(schema.name()), null))
        .orElse(Shape.ANY);
  }

  /// Only what can have an owner.
  private Structure.Part part(Kind kind, String version, ObjectNode object) {
    ObjectNode owned = Json.object();
    object.properties().stream()
        .filter(field -> !List.of("apiVersion", "kind", "metadata").contains(field.getKey()))
        .forEach(field -> owned.set(field.getKey(), field.getValue()));
    ObjectNode metadata = Json.object();
    object.path("metadata").properties().stream()
        .filter(field -> !NOT_OWNED.contains(field.getKey()))
        .forEach(field -> metadata.set(field.getKey(), field.getValue()));
    if (!metadata.isEmpty()) {
      owned.set("metadata", metadata);
    }
    return new Structure.Part(owned, shape(kind, version));
  }

  private static StatusException conflict(Map<ManagedFields.Entry, FieldSet> conflicts) {
    ObjectNode details = Json.object();
    ArrayNode causes = details.putArray("causes");
    StringBuilder list = new StringBuilder();
    conflicts.forEach((entry, fields) -> {
      list.append(list.isEmpty() ? "" : "\n").append("conflicts with ").append(name(entry));
      list.append(":");
      for (String path : fields.paths()) {
        list.append("\n- ").append(path);
        causes
            .addObject()
            .put("reason", "FieldManagerConflict")
            .put("message", "conflict with " + name(entry))
            .put("field", path);
      }
    });
    String message =
        causes.size() == 1
            ? "Apply failed with 1 conflict: "
                + causes.get(0).path("message").asText()
                + ": "
                + causes.get(0).path("field").asText()
            : "Apply failed with " + causes.size() + " conflicts: " + list;
    return new StatusException(409, "Conflict", message, details);
  }

  private static String name(ManagedFields.Entry entry) {
    return "\""
        + entry.manager()
        + "\""
        + (entry.subresource().isEmpty() ? "" : " with subresource \"" + entry.subresource() + "\"")
        + (entry.operation().equals("Update") ? " using " + entry.apiVersion() : "");
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
