package theater.mesh.explain.held;

import java.time.Instant;
import java.util.List;

/// An object that a change began with.
///
/// @param kind `VirtualService`, `Service`; `Endpoints` for the pods behind a Service
/// @param context of the object; another one's only for Services and Endpoints
/// @param verb added, changed or removed
/// @param resourceVersion empty when not known
/// @param at when it was written; null when not known
/// @param fields what differs in it
public record ObjectChange(
    String kind,
    String context,
    String namespace,
    String name,
    String verb,
    String resourceVersion,
    Instant at,
    List<Field> fields) {

  public ObjectChange {
    fields = List.copyOf(fields);
  }

  /// A field, as JSON before and after; empty when it was or is absent.
  public record Field(String path, String from, String to) {}

  /// Whether somebody wrote it, in contrast to pods that come and go.
  public boolean written() {
    return !kind.equals("Endpoints");
  }
}
