package theater.mesh.translation.gatewayapi;

import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// A route's wish to act at a parent, and why it may not.
///
/// @param reference as the route writes it
/// @param hosts whose calls it acts on where the parent is the mesh
/// @param reason of the condition Accepted; empty when it may
record Attachment(
    SpecNode reference, Parent parent, List<String> hosts, String reason, String message) {
  boolean accepted() {
    return reason.isEmpty();
  }

  boolean mesh() {
    return parent == Parent.MESH;
  }
}
