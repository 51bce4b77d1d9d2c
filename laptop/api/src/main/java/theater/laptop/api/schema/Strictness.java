package theater.laptop.api.schema;

/// What happens to fields that the schema does not know (query parameter `fieldValidation`). They
/// are never kept.
public enum Strictness {
  STRICT,
  WARN,
  IGNORE;

  /// @param text null or empty is `Warn`, as in the real server
  public static Strictness parse(String text) {
    return switch (text == null ? "" : text) {
      case "Strict" -> STRICT;
      case "Ignore" -> IGNORE;
      case "", "Warn" -> WARN;
      default ->
          throw theater.laptop.api.status.StatusException.badRequest(
              "fieldValidation is \"" + text + "\"; expected Ignore, Warn or Strict");
    };
  }
}
