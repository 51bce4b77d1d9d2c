package theater.kit.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The fields of a request body, taken one by one; what is wrong is collected, so that one answer
/// names every field. Members that nobody takes are ignored.
public final class Fields {
  /// What is wrong with one field.
  public record FieldError(String field, String detail) {}

  private final Map<String, Object> members;
  private final List<FieldError> errors = new ArrayList<>();

  public Fields(Map<String, Object> members) {
    this.members = members;
  }

  /// A text with at least one and at most `longest` characters, without control characters; ""
  /// after an error.
  public String text(String field, int longest) {
    String value = optionalText(field, longest);
    if (value == null) {
      return refuse(field, "is missing; expected a text", "");
    }
    return value;
  }

  /// Like [#text], null when the member is absent or null.
  public String optionalText(String field, int longest) {
    return switch (members.get(field)) {
      case null -> null;
      case String text when text.isBlank() -> refuse(field, "is empty; expected a text", "");
      case String text when text.codePointCount(0, text.length()) > longest ->
          refuse(
              field,
              "has "
                  + text.codePointCount(0, text.length())
                  + " characters; expected at most "
                  + longest,
              "");
      case String text when text.codePoints().anyMatch(Character::isISOControl) ->
          refuse(field, "has a control character; expected plain text", "");
      case String text -> text.strip();
      case Object other -> refuse(field, "is " + kind(other) + "; expected a text", "");
    };
  }

  /// An id: a text, or a whole number, which is taken as its digits.
  public String id(String field) {
    if (members.get(field) instanceof Number number && number.toString().matches("[0-9]{1,18}")) {
      return number.toString();
    }
    String text = text(field, 64);
    return text.isEmpty() || text.matches("[A-Za-z0-9_-]+")
        ? text
        : refuse(field, "is \"" + text + "\"; expected letters, digits, '_' and '-'", "");
  }

  /// A whole number within bounds; `from` after an error.
  public int number(String field, int from, int to) {
    Object value = members.get(field);
    String expected = "; expected a whole number from " + from + " to " + to;
    if (value == null) {
      return refuse(field, "is missing" + expected, from);
    }
    if (!(value instanceof Integer number)) {
      return refuse(field, "is " + kind(value) + expected, from);
    }
    return number < from || number > to ? refuse(field, "is " + number + expected, from) : number;
  }

  /// The member as it came, null when absent.
  public Object raw(String field) {
    return members.get(field);
  }

  /// Records an error and hands back a value to go on with.
  public <T> T refuse(String field, String detail, T goOnWith) {
    errors.add(new FieldError(field, detail));
    return goOnWith;
  }

  /// What was wrong so far.
  public List<FieldError> errors() {
    return List.copyOf(errors);
  }

  private static String kind(Object value) {
    return switch (value) {
      case String text -> "a text";
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case List<?> list -> "a list";
      default -> "an object";
    };
  }
}
