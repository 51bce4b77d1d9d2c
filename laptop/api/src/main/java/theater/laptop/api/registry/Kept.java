package theater.laptop.api.registry;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.status.StatusException;

/// What an update cannot change, and what counts as content.
final class Kept {
  private static final List<String> METADATA =
      List.of(
          "name",
          "namespace",
          "uid",
          "creationTimestamp",
          "generation",
          "resourceVersion",
          "deletionTimestamp",
          "deletionGracePeriodSeconds");
  private static final List<String> NO_CONTENT = List.of("metadata", "apiVersion", "kind");

  private static final JsonPointer ANNOTATIONS = JsonPointer.compile("/metadata/annotations");

  private Kept() {}

  /// Puts back into the new object what only the server, or only the subresource `status`, may
  /// write.
  static void keep(Kind kind, ObjectNode current, ObjectNode next) {
    ObjectNode before = Json.metadata(current);
    for (String field : METADATA) {
      copy(before, Json.metadata(next), field);
    }
    if (kind.has("status")) {
      copy(current, next, "status");
    }
  }

  /// @param wanted the uid that somebody means; empty for whichever is there
  /// @throws StatusException 409 when the object is another one of the same name
  static void sameUid(Kind kind, ObjectNode current, String wanted) {
    String uid = Json.text(current, "metadata", "uid");
    if (!wanted.isEmpty() && !wanted.equals(uid)) {
      throw StatusException.conflict(
          kind,
          Json.name(current),
          "Precondition failed: UID in precondition: " + wanted + ", UID in object meta: " + uid);
    }
  }

  private static void copy(ObjectNode from, ObjectNode to, String field) {
    if (from.has(field)) {
      to.set(field, from.get(field));
    } else {
      to.remove(field);
    }
  }

  /// Annotations that come with a built-in object's status are written, too, as by a real server:
  /// so a controller writes a revision without a new generation.
  static void annotated(Kind kind, ObjectNode object, ObjectNode next) {
    if (!kind.isCustom() && Json.metadata(object).has("annotations")) {
      Json.metadata(next).set("annotations", Json.metadata(object).get("annotations"));
    }
  }

  /// Whether a change raises the generation: of what is wanted, and of a Deployment's annotations,
  /// too.
  static boolean changed(Kind kind, ObjectNode current, ObjectNode next) {
    return !content(kind, next).equals(content(kind, current))
        || kind.kind().equals("Deployment")
            && !next.at(ANNOTATIONS).equals(current.at(ANNOTATIONS));
  }

  /// What counts: also the status, where it is no subresource.
  private static ObjectNode content(Kind kind, ObjectNode object) {
    boolean statusToo = kind.learned() && !kind.has("status");
    ObjectNode content = Json.object();
    object.properties().stream()
        .filter(field -> !NO_CONTENT.contains(field.getKey()))
        .filter(field -> statusToo || !field.getKey().equals("status"))
        .forEach(field -> content.set(field.getKey(), field.getValue()));
    return content;
  }
}
