package theater.mesh.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import theater.kube.Meta;
import theater.mesh.view.ConfigObject;

/// Objects of the Kubernetes API as the mesh reads them.
public final class ConfigObjects {
  private ConfigObjects() {}

  /// One object, with what its metadata tells.
  public static ConfigObject of(ObjectNode object) {
    return new ConfigObject(
        object.path("apiVersion").asText(),
        object.path("kind").asText(),
        Meta.namespace(object),
        Meta.name(object),
        Meta.created(object),
        Meta.labels(object),
        Meta.annotations(object),
        object.path("spec"));
  }
}
