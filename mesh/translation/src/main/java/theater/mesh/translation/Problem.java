package theater.mesh.translation;

/// Something a person wrote that cannot act as written. Translation collects problems and never
/// throws for them.
///
/// @param severity what becomes of the field
/// @param object `VirtualService theater-msa/user-service-vs`
/// @param field path in the object, `spec.http[0].mirror`
/// @param text what was found and what was expected
public record Problem(Severity severity, String object, String field, String text) {

  /// How bad it is.
  public enum Severity {
    /// A field that Istio knows and we do not model yet: it has no effect here.
    NOT_MODELLED,
    /// A reference to nothing (unknown host, missing subset); Istio answers 503 for its share, and
    /// so do we.
    BROKEN_REFERENCE,
    /// Written, valid and without effect.
    INERT,
    /// A value of the wrong type or form: it counts as absent.
    MALFORMED
  }
}
