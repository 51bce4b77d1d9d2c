package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.Meta;
import theater.kube.ResourceType;

/// Reading and deleting where it is no error that something is gone.
final class Found {
  private Found() {}

  static Optional<ObjectNode> get(KubeApi api, ResourceType type, WorkQueue.Key key) {
    return get(api, type, key.namespace(), key.name());
  }

  static Optional<ObjectNode> get(KubeApi api, ResourceType type, String namespace, String name) {
    try {
      return Optional.of(api.get(type, namespace.isEmpty() ? null : namespace, name));
    } catch (KubeException e) {
      if (e.code() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static void delete(KubeApi api, ResourceType type, JsonNode object) {
    try {
      api.delete(
          type,
          type.namespaced() ? Meta.namespace(object) : null,
          Meta.name(object),
          Meta.uid(object),
          null);
    } catch (KubeException e) {
      // 404: gone; 409: another object of that name.
      if (e.code() != 404 && e.code() != 409) {
        throw e;
      }
    }
  }
}
