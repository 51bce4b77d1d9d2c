package theater.laptop.controllers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import theater.kube.KubeApi;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// Every PersistentVolumeClaim is bound at once: it is a folder of this computer.
final class ClaimController implements WorkQueue.Reconciler {
  private final KubeApi api;

  ClaimController(KubeApi api) {
    this.api = api;
  }

  @Override
  public Duration reconcile(WorkQueue.Key key) {
    ObjectNode claim = Found.get(api, ResourceTypes.PERSISTENT_VOLUME_CLAIM, key).orElse(null);
    if (claim == null
        || Meta.deleting(claim)
        || claim.path("status").path("phase").asText().equals("Bound")) {
      return null;
    }
    ObjectNode volume = JsonNodeFactory.instance.objectNode();
    volume.putObject("spec").put("volumeName", "pvc-" + Meta.uid(claim));
    api.mergePatch(
        ResourceTypes.PERSISTENT_VOLUME_CLAIM, key.namespace(), key.name(), null, volume);
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode status = patch.putObject("status").put("phase", "Bound");
    status.set("accessModes", claim.path("spec").path("accessModes").deepCopy());
    status.set("capacity", claim.path("spec").path("resources").path("requests").deepCopy());
    api.mergePatch(
        ResourceTypes.PERSISTENT_VOLUME_CLAIM, key.namespace(), key.name(), "status", patch);
    return null;
  }
}
