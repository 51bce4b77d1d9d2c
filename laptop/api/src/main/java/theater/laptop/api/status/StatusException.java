package theater.laptop.api.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.kind.Kind;

/// The request is refused with a metav1.Status.
public final class StatusException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int code;
  private final String reason;
  private final transient ObjectNode details;

  /// @param reason empty when the Status has none
  /// @param details null when the Status has none
  public StatusException(int code, String reason, String message, ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  public static StatusException notFound(Kind kind, String name) {
    return new StatusException(
        404,
        "NotFound",
        kind.resource() + " \"" + name + "\" not found",
        details(kind, kind.plural(), name));
  }

  /// A path that nothing is served at.
  public static StatusException noSuchPath() {
    return new StatusException(
        404,
        "NotFound",
        "the server could not find the requested resource",
        JsonNodeFactory.instance.objectNode());
  }

  public static StatusException alreadyExists(Kind kind, String name) {
    return new StatusException(
        409,
        "AlreadyExists",
        kind.resource() + " \"" + name + "\" already exists",
        details(kind, kind.plural(), name));
  }

  public static StatusException conflict(Kind kind, String name, String why) {
    return new StatusException(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + kind.resource() + " \"" + name + "\": " + why,
        details(kind, kind.plural(), name));
  }

  /// The resourceVersion given is not the newest.
  public static StatusException modified(Kind kind, String name) {
    return conflict(
        kind,
        name,
        "the object has been modified; please apply your changes to the latest version and try again");
  }

  public static StatusException badRequest(String message) {
    return new StatusException(400, "BadRequest", message, null);
  }

  public static StatusException forbidden(Kind kind, String name, String why) {
    return new StatusException(
        403,
        "Forbidden",
        kind.resource() + (name.isEmpty() ? "" : " \"" + name + "\"") + " is forbidden: " + why,
        details(kind, kind.plural(), name));
  }

  public static StatusException expired(long asked, long oldest) {
    return new StatusException(
        410, "Expired", "too old resource version: " + asked + " (" + oldest + ")", null);
  }

  public static StatusException unauthorized() {
    return new StatusException(401, "Unauthorized", "Unauthorized", null);
  }

  public static StatusException unsupportedMediaType(String message) {
    return new StatusException(415, "UnsupportedMediaType", message, null);
  }

  /// 422 with all that is wrong.
  public static StatusException invalid(Kind kind, String name, List<Cause> causes) {
    ObjectNode details = details(kind, kind.kind(), name);
    ArrayNode array = details.putArray("causes");
    for (Cause cause : causes) {
      array
          .addObject()
          .put("reason", cause.reason())
          .put("message", cause.message())
          .put("field", cause.field());
    }
    List<String> texts =
        causes.stream().map(cause -> cause.field() + ": " + cause.message()).toList();
    String text = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
    return new StatusException(
        422, "Invalid", kind.qualifiedKind() + " \"" + name + "\" is invalid: " + text, details);
  }

  /// The Status object.
  public ObjectNode toJson() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", getMessage());
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (details != null) {
      status.set("details", details);
    }
    return status.put("code", code);
  }

  private static ObjectNode details(Kind kind, String what, String name) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!kind.group().isEmpty()) {
      details.put("group", kind.group());
    }
    return details.put("kind", what);
  }
}
