package theater.laptop.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/// Bounds of a field's value (OpenAPI v3); null where there is none.
///
/// @param pattern a regular expression that must be found in a text
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Limits(
    Double minimum,
    Double maximum,
    Integer minLength,
    Integer maxLength,
    Integer minItems,
    Integer maxItems,
    Integer minProperties,
    Integer maxProperties,
    String pattern) {

  /// From one number to another.
  public static Limits between(double minimum, double maximum) {
    return new Limits(minimum, maximum, null, null, null, null, null, null, null);
  }
}
