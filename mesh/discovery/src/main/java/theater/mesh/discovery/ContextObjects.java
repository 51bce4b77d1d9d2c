package theater.mesh.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What one context's API server holds, as far as the mesh reads it.
record ContextObjects(
    List<ObjectNode> services,
    List<ObjectNode> slices,
    List<ObjectNode> pods,
    List<ObjectNode> nodes,
    List<ObjectNode> namespaces) {}
