package theater.mesh.xds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;
import theater.kube.fake.FakeKubeApi;

/// YAML documents applied to one Kubernetes API. What was applied since the last time can be taken
/// away.
final class Manifests {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final FakeKubeApi api;
  private final List<ObjectNode> applied = new ArrayList<>();

  Manifests(FakeKubeApi api) {
    this.api = api;
  }

  /// Creates or replaces objects, YAML documents; `NAME: |` blocks may hold PEM.
  void apply(String yaml) throws IOException {
    try (var documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (documents.hasNext()) {
        ObjectNode object = (ObjectNode) documents.next();
        ResourceType type = type(object);
        if (api.find(type, namespace(object), Meta.name(object)).isPresent()) {
          object.withObject("/metadata").remove("resourceVersion");
          api.update(type, object);
        } else {
          api.create(type, object);
        }
        applied.add(object);
      }
    }
  }

  /// Leaves what was applied up to now in its place.
  void keep() {
    applied.clear();
  }

  /// Takes away what was applied since the last time.
  void clear() {
    for (ObjectNode object : applied) {
      if (api.find(type(object), namespace(object), Meta.name(object)).isPresent()) {
        api.delete(type(object), namespace(object), Meta.name(object), null, 0);
      }
    }
    applied.clear();
  }

  private static String namespace(ObjectNode object) {
    String namespace = Meta.namespace(object);
    return namespace.isEmpty() ? null : namespace;
  }

  private static ResourceType type(ObjectNode object) {
    String kind = object.path("kind").asText();
    List<ResourceType> known = new ArrayList<>(ResourceTypes.MESH_CONFIG);
    known.addAll(
        List.of(
            ResourceTypes.NAMESPACE,
            ResourceTypes.NODE,
            ResourceTypes.SERVICE,
            ResourceTypes.POD,
            ResourceTypes.ENDPOINT_SLICE,
            ResourceTypes.SECRET,
            ResourceTypes.CONFIG_MAP));
    return known.stream()
        .filter(type -> type.kind().equals(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(kind));
  }
}
