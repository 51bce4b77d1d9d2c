package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import theater.kube.EventRecorder;
import theater.kube.ResourceTypes;

/// Events about one container, in kubelet's words and with its field path.
final class ContainerEvents {
  private final EventRecorder events;
  private final JsonNode pod;
  private final String field;

  ContainerEvents(EventRecorder events, JsonNode pod, String container, boolean init) {
    this.events = events;
    this.pod = pod;
    this.field = (init ? "spec.initContainers{" : "spec.containers{") + container + "}";
  }

  void normal(String reason, String message) {
    events.record(ResourceTypes.POD, pod, field, "Normal", reason, message);
  }

  void warning(String reason, String message) {
    events.record(ResourceTypes.POD, pod, field, "Warning", reason, message);
  }
}
