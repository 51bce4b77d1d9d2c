package theater.laptop.schemas;

import java.util.List;
import java.util.Map;

/// The fields of one object.
///
/// @param name unique key; the part after the last dot is the name that error messages use
/// @param mergeKeys field of a list → the field by which a strategic merge patch finds its items;
///   an empty text for lists of plain values
/// @param alternatives groups of fields of which at most one may be given
/// @param limits of fields, and of the items of a list or map as `field[]`
public record ObjectSchema(
    String name,
    Map<String, Type> fields,
    List<String> required,
    Map<String, String> mergeKeys,
    List<List<String>> alternatives,
    Map<String, Limits> limits) {

  /// `Container`
  public String shortName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
