package theater.mesh.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What the mesh reads of the own context only.
///
/// @param configs the mesh's own objects
/// @param secrets of all namespaces
/// @param configMaps of the root namespace
record OwnObjects(
    List<ObjectNode> configs, List<ObjectNode> secrets, List<ObjectNode> configMaps) {}
