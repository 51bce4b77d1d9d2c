package theater.laptop.api.status;

/// One thing that is wrong with an object.
///
/// @param reason metav1.CauseType
/// @param field path, `spec.http[0].route`, or `<nil>` where the real server names none
public record Cause(String reason, String message, String field) {

  public static Cause required(String field, String more) {
    return new Cause(
        "FieldValueRequired", "Required value" + (more.isEmpty() ? "" : ": " + more), field);
  }

  /// @param value as JSON, texts with their quotes
  public static Cause invalid(String field, String value, String why) {
    return new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + why, field);
  }

  public static Cause type(String field, String value, String why) {
    return new Cause("FieldValueTypeInvalid", "Invalid value: " + value + ": " + why, field);
  }

  public static Cause unsupported(String field, String value, java.util.List<String> supported) {
    String list =
        supported.stream()
            .map(text -> "\"" + text + "\"")
            .collect(java.util.stream.Collectors.joining(", "));
    return new Cause(
        "FieldValueNotSupported",
        "Unsupported value: " + value + ": supported values: " + list,
        field);
  }

  /// @param value what is there twice, without quotes
  public static Cause duplicate(String field, String value) {
    return new Cause("FieldValueDuplicate", "Duplicate value: \"" + value + "\"", field);
  }

  /// @param why what is not allowed
  public static Cause forbidden(String field, String why) {
    return new Cause("FieldValueForbidden", "Forbidden: " + why, field);
  }

  /// Rules that look at the whole object are not applied after one of these.
  public boolean blocking() {
    return !reason.equals("FieldValueInvalid");
  }
}
