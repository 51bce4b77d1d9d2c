package theater.kit.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.kit.json.Fields.FieldError;
import theater.kit.json.JsonText;

/// An error answer: RFC 9457 problem details with `type` about:blank, plus `errors` (one entry per
/// field) and members of its own.
///
/// @param status HTTP status
/// @param title the status' reason phrase
/// @param detail what was got and what was expected
/// @param errors fields of the body that were refused
/// @param more further members, `service` for the one that did not answer
public record Problem(
    int status, String title, String detail, List<FieldError> errors, Map<String, Object> more) {
  public Problem(int status, String detail) {
    this(status, Status.reason(status), detail, List.of(), Map.of());
  }

  /// 422 with what is wrong field by field.
  public static Problem fields(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().field() + " " + errors.getFirst().detail()
            : errors.size() + " fields are wrong";
    return new Problem(422, Status.reason(422), detail, errors, Map.of());
  }

  /// The same with one more member.
  public Problem with(String name, Object value) {
    var members = new LinkedHashMap<>(more);
    members.put(name, value);
    return new Problem(status, title, detail, errors, members);
  }

  /// To be thrown by a handler.
  public ProblemException thrown() {
    return new ProblemException(this);
  }

  /// @param instance the path that was asked for
  public String json(String instance) {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", "about:blank");
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    members.put("instance", instance);
    if (!errors.isEmpty()) {
      members.put(
          "errors",
          errors.stream().map(e -> ordered("field", e.field(), "detail", e.detail())).toList());
    }
    members.putAll(more);
    return JsonText.of(members);
  }

  private static Map<String, Object> ordered(String a, Object va, String b, Object vb) {
    var map = new LinkedHashMap<String, Object>();
    map.put(a, va);
    map.put(b, vb);
    return map;
  }
}
